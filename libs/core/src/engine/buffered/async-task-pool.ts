/**
 * Clients that train at the same time, each on a task of its own, and their answers in the order of completion. The
 * pool waits for whatever happens first: an answer, or clients that come or go.
 */

import { ClientFailure } from '../../errors.js';
import type { ReplyTo, TrainTask } from '../../train/task.js';
import { untilAborted } from '../cancellation.js';
import type { ClientId, Fleet } from '../fleet/fleet.js';
import type { TaskDurations, Timer } from '../timer.js';

export interface RunningTask {
  readonly client: ClientId;
  readonly task: TrainTask;
  /** The simulated time at which it is finished; 0 where answers are taken as they come. */
  readonly due: number;
}

export interface FinishedTask extends RunningTask {
  readonly answer: PromiseSettledResult<ReplyTo<TrainTask>>;
}

export interface AsyncTaskPool {
  /** The simulated time: that of the last answer. */
  now(): number;
  running(): readonly RunningTask[];
  /** Asks a client that is not running a task. @param due - Given where it is known from before a restart */
  start(client: ClientId, task: TrainTask, due?: number): void;
  /** The next answer, or undefined when clients came or went; rejects with the signal's reason when it aborts. */
  next(): Promise<FinishedTask | undefined>;
  /** Tells a client to stop. If it answers nevertheless, `next` never returns that. */
  cancel(client: ClientId): void;
  /** Tells all clients to stop, and stops listening to the signal and the fleet. */
  close(): void;
}

export interface AsyncTaskPoolOptions {
  readonly fleet: Fleet;
  /** Simulated durations: answers are taken in their order, however fast they come; without them, as they come. */
  readonly durations?: TaskDurations | undefined;
  /** Seconds after which a client that has not answered has failed. Absent, or without a timer, there is no limit. */
  readonly deadline?: number | undefined;
  readonly timer?: Timer | undefined;
  /** The simulated time at the start; 0 by default. */
  readonly now?: number | undefined;
  readonly signal: AbortSignal;
}

interface PendingTask extends RunningTask {
  /** Never rejects. */
  readonly answer: Promise<PromiseSettledResult<ReplyTo<TrainTask>>>;
  readonly stop: AbortController;
}

/** An empty pool. It must be closed. */
export function openAsyncTaskPool(options: AsyncTaskPoolOptions): AsyncTaskPool {
  const { durations, signal, now: start = 0 } = options;
  const pending = new Map<ClientId, PendingTask>();
  const order = durations ? earliestFirst(pending) : asTheyCome(pending, options);
  let now = start;
  const cancel = (client: ClientId): void => {
    pending.get(client)?.stop.abort(new Error('nobody waits for it any more'));
    pending.delete(client);
  };
  const onAbort = (): void => {
    pending.forEach(({ stop }) => {
      stop.abort(signal.reason);
    });
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    now: () => now,
    running: () => [...pending.values()],
    start: (client, task, due = durations ? now + durations(client, task) : 0) => {
      signal.throwIfAborted();
      const started = startTask(options, { client, task, due });
      pending.set(client, started);
      order.add(started);
    },
    next: async () => {
      const finished = await order.next();
      const answer = await finished?.answer;
      signal.throwIfAborted();
      if (!finished || !answer || !pending.delete(finished.client)) {
        return undefined;
      }
      now = finished.due;
      return { ...finished, answer };
    },
    cancel,
    close: () => {
      signal.removeEventListener('abort', onAbort);
      order.close();
      [...pending.keys()].forEach(cancel);
    },
  };
}

function startTask({ fleet, deadline, timer }: AsyncTaskPoolOptions, running: RunningTask): PendingTask {
  const { client, task } = running;
  const stop = new AbortController();
  const onDeadline = (): void => {
    stop.abort(new ClientFailure(client, `no answer within ${deadline ?? 0} s`));
  };
  const cancelDeadline = deadline === undefined ? undefined : timer?.after(deadline, onDeadline);
  const asking = untilAborted(() => fleet.ask(client, task, stop.signal), stop.signal);
  const answer = Promise.allSettled([asking]).then(([result]) => {
    cancelDeadline?.();
    return result;
  });
  return { ...running, stop, answer };
}

/** Decides whose answer is taken next. */
interface CompletionOrder {
  add(task: PendingTask): void;
  /** A pending task; undefined when clients came or went. */
  next(): Promise<PendingTask | undefined>;
  close(): void;
}

/** Real time: the tasks whose answers have come, in that order. */
function asTheyCome(
  pending: ReadonlyMap<ClientId, PendingTask>,
  { fleet, signal }: AsyncTaskPoolOptions,
): CompletionOrder {
  const wakeup = createWakeup(fleet, signal);
  const answered: PendingTask[] = [];
  return {
    add: (task) => {
      void task.answer.then(() => {
        answered.push(task);
        wakeup.notify();
      });
    },
    next: async () => {
      if (answered.length === 0) {
        await wakeup.wait();
      }
      const first = answered.shift();
      return first && pending.get(first.client) === first ? first : undefined;
    },
    close: () => {
      wakeup.release();
    },
  };
}

/** Simulated time: the task that is due first; of two that are due at the same time, the first by name. */
function earliestFirst(pending: ReadonlyMap<ClientId, PendingTask>): CompletionOrder {
  return {
    add: () => undefined,
    next: () => {
      const [first] = [...pending.values()].sort((a, b) => a.due - b.due || (a.client < b.client ? -1 : 1));
      return Promise.resolve(first);
    },
    close: () => undefined,
  };
}

export interface Wakeup {
  /** Wakes whoever waits; where nobody does, the next call of `wait` returns at once. */
  notify(): void;
  /** Resolves once `notify` was called since the last time; rejects when the signal aborts. */
  wait(): Promise<void>;
  /** Stops listening to the fleet. */
  release(): void;
}

/** A wakeup that is also notified when clients come or go. */
function createWakeup(fleet: Fleet, signal: AbortSignal): Wakeup {
  let isNotified = false;
  let wake = (): void => undefined;
  const notify = (): void => {
    isNotified = true;
    wake();
  };
  const notified = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      if (isNotified) {
        resolve();
      }
    });
  return {
    notify,
    wait: async () => {
      await untilAborted(notified, signal);
      isNotified = false;
    },
    release: fleet.onChange(notify),
  };
}
