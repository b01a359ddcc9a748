/** A worker thread's side of a pool: answers tasks, one at a time, for any client. */

import type { Delta, Participant } from '@gaitway/core';
import type { MessagePort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker-messages.js';

/** Answers the tasks that come through `port` with the participant of each task's client. */
export function answerTasks(port: MessagePort, participantOf: (client: string) => Participant): void {
  let current = new AbortController();
  const send = (message: FromWorker, transfer: readonly ArrayBuffer[] = []): void => {
    port.postMessage(message, transfer);
  };
  const answer = async ({ client, task }: Extract<ToWorker, { readonly kind: 'task' }>): Promise<void> => {
    current = new AbortController();
    try {
      const reply = await participantOf(client)(task, current.signal);
      send({ kind: 'reply', reply }, reply.kind === 'train' ? memoryOf(reply.delta) : []);
    } catch (error) {
      send({ kind: 'failure', error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'cancel') {
      current.abort();
    } else {
      void answer(message);
    }
  });
}

/** The buffers that are transferred instead of copied. */
function memoryOf(delta: Delta): readonly ArrayBuffer[] {
  const vectors =
    delta instanceof Float32Array ? [delta] : Object.values(delta).filter((value) => ArrayBuffer.isView(value));
  return vectors.map(({ buffer }) => buffer as ArrayBuffer);
}
