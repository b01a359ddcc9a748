/** Distributes the tasks of many clients over a few workers, first come, first served. */

import { ClientFailure, type Participant, type ReplyTo, type Task } from '@gaitway/core';
import { untilAborted } from '@gaitway/core/internal';
import type { TaskWorker } from './task-worker.js';

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

/** A first-come, first-served queue of items that wait to be taken and takers that wait for items. */
export interface WaitingLine<T> {
  /**
   * Adds an item at the end. The returned function removes it again, which does nothing once the item has been taken.
   *
   * @throws Error once the line is closed, because nobody would ever take the item.
   */
  add(item: T): () => void;
  /** The first item, as soon as there is one; undefined once the line is closed. */
  take(): Promise<T | undefined>;
  /** Dismisses all takers and returns the items that were not taken. */
  close(): readonly T[];
}

export function waitingLine<T extends object>(): WaitingLine<T> {
  const items = new Set<T>(); // keeps their order, and forgets one quickly
  const takers: ((item: T | undefined) => void)[] = [];
  let open = true;
  const takeFirst = (): T | undefined => {
    for (const item of items) {
      items.delete(item);
      return item;
    }
    return undefined;
  };
  return {
    add: (item) => {
      if (!open) {
        throw new Error('the waiting line is closed');
      }
      const taker = takers.shift();
      if (taker) {
        taker(item);
      } else {
        items.add(item);
      }
      return () => {
        items.delete(item);
      };
    },
    take: () => {
      const first = takeFirst();
      return first || !open ? Promise.resolve(first) : new Promise((resolve) => takers.push(resolve));
    },
    close: () => {
      open = false;
      takers.splice(0).forEach((taker) => {
        taker(undefined);
      });
      const left = [...items];
      items.clear();
      return left;
    },
  };
}
