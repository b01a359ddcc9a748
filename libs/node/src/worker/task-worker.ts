/** One worker thread, from the perspective of its pool. */

import type { ReplyTo, Task } from '@gaitway/core';
import { untilAborted } from '@gaitway/core/internal';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { BackendName } from '../backend/backend-name.js';
import type { FromWorker, ToWorker } from './worker-messages.js';

export interface TaskWorker {
  readonly backend: BackendName;
  /** False once the thread ends, for whatever reason. */
  alive(): boolean;
  /**
   * Sends one task and returns its reply; must not be called before the previous one is settled. Rejects when the
   * participant does, and when the thread ends. Aborting `signal` asks the participant to stop: the promise settles
   * when it has.
   */
  ask(client: string, task: Task, signal: AbortSignal): Promise<ReplyTo<Task>>;
  terminate(): Promise<void>;
}

/**
 * Starts a thread.
 *
 * @param entry - A JavaScript file (Node loads nothing else) that reports `ready` and then answers tasks.
 * @param setup - Passed as its `workerData`.
 * @throws Error when it ends before it is ready, with its reason.
 */
export async function startTaskWorker(entry: URL, setup: unknown): Promise<TaskWorker> {
  // Does not inherit the parent's flags: a TypeScript loader of the parent would look for sources here too.
  const worker = new Worker(entry, { workerData: setup, execArgv: [] });
  const ended = new AbortController();
  worker.once('error', (error) => {
    ended.abort(error);
  });
  worker.once('exit', (code) => {
    ended.abort(new Error(`the worker ended with code ${code}`));
  });
  // Not a race with a promise for the end of the thread, because such a promise would keep every message in memory.
  const next = async (): Promise<FromWorker> => {
    const [message] = (await untilAborted(() => once(worker, 'message'), ended.signal)) as [FromWorker];
    return message;
  };
  const ready = await next();
  if (ready.kind !== 'ready') {
    throw new Error(`expected a worker to be ready first, found ${ready.kind}`);
  }
  return {
    backend: ready.backend,
    alive: () => !ended.signal.aborted,
    ask: (client, task, signal) => askWorker({ worker, next }, { client, task }, signal),
    terminate: async () => {
      await worker.terminate();
    },
  };
}

interface Line {
  readonly worker: Worker;
  /** The next message from the worker; rejects when the thread ends. */
  readonly next: () => Promise<FromWorker>;
}

async function askWorker(
  { worker, next }: Line,
  { client, task }: { readonly client: string; readonly task: Task },
  signal: AbortSignal,
): Promise<ReplyTo<Task>> {
  const send = (message: ToWorker, transfer: readonly ArrayBuffer[] = []): void => {
    worker.postMessage(message, transfer);
  };
  const answered = next();
  const copy = copied(task);
  send({ kind: 'task', client, task: copy.task }, copy.buffers);
  untilAborted(() => answered, signal).catch(() => {
    send({ kind: 'cancel' });
  });
  const message = await answered;
  if (message.kind === 'reply') {
    return message.reply;
  }
  throw message.kind === 'failure' ? message.error : new Error(`expected an answer, found ${message.kind}`);
}

/**
 * The task with its own copy of the parameters, which can be transferred: the engine shares one set between all
 * clients.
 */
function copied(task: Task): { readonly task: Task; readonly buffers: readonly ArrayBuffer[] } {
  if (task.kind === 'aggregation') {
    return { task, buffers: [] };
  }
  const parameters = task.parameters.slice();
  if (task.kind === 'evaluate' || !task.teacher) {
    return { task: { ...task, parameters }, buffers: [parameters.buffer] };
  }
  const teacher = { ...task.teacher, parameters: task.teacher.parameters.slice() };
  return { task: { ...task, parameters, teacher }, buffers: [parameters.buffer, teacher.parameters.buffer] };
}
