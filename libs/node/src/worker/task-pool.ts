/** Distributes the tasks of many clients over a few workers, first come, first served. */

import { ClientFailure, untilAborted, type Participant, type ReplyTo, type Task } from '@gaitway/core';
import type { TaskWorker } from './task-worker.js';
import { waitingLine, type WaitingLine } from './waiting-line.js';

export interface TaskPool extends AsyncDisposable {
  /** The client's participant. Its tasks go to the next free worker. */
  participant(client: string): Participant;
}

export interface TaskPoolOptions {
  /** Number of workers. */
  readonly workers: number;
  /** A worker that already runs. The others start when they get their first task. */
  readonly first: TaskWorker;
  readonly startAnother: () => Promise<TaskWorker>;
}

interface Job {
  readonly client: string;
  readonly task: Task;
  readonly signal: AbortSignal;
  readonly resolve: (reply: ReplyTo<Task>) => void;
  readonly reject: (failure: ClientFailure) => void;
}

/** Opens a pool. A worker that dies fails its task with a ClientFailure, and is replaced. */
export function openTaskPool({ workers, first, startAnother }: TaskPoolOptions): TaskPool {
  const jobs = waitingLine<Job>();
  const closed = new AbortController();
  const lane: Lane = { jobs, startAnother, closed: closed.signal };
  const lanes = Array.from({ length: workers }, (_, index) => runLane(lane, index === 0 ? first : undefined));
  return {
    participant: (client) => participantOf(client, jobs),
    [Symbol.asyncDispose]: async () => {
      closed.abort(new Error('the pool was closed'));
      jobs.close().forEach(({ client, reject }) => {
        reject(new ClientFailure(client, 'the pool was closed'));
      });
      await Promise.all(lanes);
    },
  };
}

function participantOf(client: string, jobs: WaitingLine<Job>): Participant {
  return <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    let leave: (() => void) | undefined;
    const work = (): Promise<ReplyTo<Task>> =>
      new Promise((resolve, reject) => {
        leave = jobs.add({ client, task, signal, resolve, reject });
      });
    return untilAborted(work, signal).finally(() => leave?.()) as Promise<ReplyTo<T>>;
  };
}

interface Lane {
  readonly jobs: WaitingLine<Job>;
  readonly startAnother: () => Promise<TaskWorker>;
  readonly closed: AbortSignal;
}

/** Runs one job after the other until the pool closes, on one worker, which is replaced if it dies. */
async function runLane({ jobs, startAnother, closed }: Lane, first: TaskWorker | undefined): Promise<void> {
  let worker = first;
  closed.addEventListener('abort', () => void worker?.terminate());
  for (let job = await jobs.take(); job; job = await jobs.take()) {
    const { client, task, signal, resolve, reject } = job;
    if (signal.aborted) {
      continue;
    }
    try {
      if (!worker?.alive()) {
        worker = await startAnother();
        closed.throwIfAborted();
      }
      resolve(await worker.ask(client, task, signal));
    } catch (cause) {
      reject(new ClientFailure(client, cause instanceof Error ? cause.message : String(cause), { cause }));
    }
  }
  await worker?.terminate();
}
