/**
 * The messages between a pool and its workers, and a worker's side of them. Both run the same build, so nothing is
 * checked.
 */

import type { LocalData, Participant, ReplyTo, Task } from '@gaitway/core';
import type { Delta } from '@gaitway/core/federated';
import type { StagePlan } from '@gaitway/core/train';
import type { MessagePort } from 'node:worker_threads';
import type { BackendName } from '../backend/backend-name.js';

/** What a worker is given when it starts. Recordings in shared memory are not copied. */
export interface WorkerSetup {
  readonly backend?: BackendName;
  /** The study's seed. */
  readonly seed: number;
  readonly stages: readonly StagePlan[];
  /** Windows, keyed by client. */
  readonly data: ReadonlyMap<string, LocalData>;
  /** Folder in which clients keep their state from round to round; if absent, they keep it in the worker's memory. */
  readonly memory?: string;
}

export type ToWorker =
  | { readonly kind: 'task'; readonly client: string; readonly task: Task }
  /** Cancels the current task. */
  | { readonly kind: 'cancel' };

export type FromWorker =
  | { readonly kind: 'ready'; readonly backend: BackendName }
  | { readonly kind: 'reply'; readonly reply: ReplyTo<Task> }
  | { readonly kind: 'failure'; readonly error: Error };

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
