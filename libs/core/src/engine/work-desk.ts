/** Clients at work, each on a task of its own, and their answers in the order in which they are taken. */

import { ClientFailure } from '../errors.js';
import type { ReplyTo, TrainTask } from '../train/task.js';
import { createDoorbell } from './doorbell.js';
import type { ClientId, Fleet } from './fleet.js';
import type { Participants } from './participants.js';
import type { TaskDurations } from './task-durations.js';
import type { Timer } from './timer.js';
import { untilAborted } from './until-aborted.js';

export interface Work {
  readonly client: ClientId;
  readonly task: TrainTask;
  /** Simulated time of its answer; 0 where answers are taken as they come. */
  readonly due: number;
}

export interface AnsweredWork extends Work {
  readonly answer: PromiseSettledResult<ReplyTo<TrainTask>>;
}

export interface WorkDesk {
  /** Simulated time: that of the last answer. */
  now(): number;
  atWork(): readonly Work[];
  /** Asks a client that is not at work. @param due - Where it was drawn before */
  begin(client: ClientId, task: TrainTask, due?: number): void;
  /** The next answer, or nothing when clients came or went; rejects with the signal's reason when it aborts. */
  next(): Promise<AnsweredWork | undefined>;
  /** Tells a client to stop. What it answers all the same is never taken. */
  dismiss(client: ClientId): void;
  /** Tells everybody to stop. */
  close(): void;
}

export interface DeskOptions {
  readonly participants: Participants;
  readonly fleet: Fleet;
  /** Answers are taken in the order of these, whoever is faster here; without them as they come. */
  readonly durations?: TaskDurations | undefined;
  /** Seconds after which a client that has not answered has failed; absent, or without a timer, it has for ever. */
  readonly deadline?: number | undefined;
  readonly timer?: Timer | undefined;
  /** Simulated time at which it opens. */
  readonly now?: number | undefined;
  readonly signal: AbortSignal;
}

interface Begun extends Work {
  readonly answer: Promise<PromiseSettledResult<ReplyTo<TrainTask>>>;
  readonly stop: AbortController;
}

/** A desk without anybody. Close it when nobody calls `next` any more. */
export function openDesk(options: DeskOptions): WorkDesk {
  const { durations, signal, now: opening = 0 } = options;
  const begun = new Map<ClientId, Begun>();
  const order = durations ? earliestFirst(begun) : asTheyCome(begun, options);
  let now = opening;
  const dismiss = (client: ClientId): void => {
    begun.get(client)?.stop.abort(new Error('nobody waits for it any more'));
    begun.delete(client);
  };
  const stopAll = (): void => {
    begun.forEach(({ stop }) => {
      stop.abort(signal.reason);
    });
  };
  signal.addEventListener('abort', stopAll, { once: true });
  return {
    now: () => now,
    atWork: () => [...begun.values()],
    begin: (client, task, due = durations ? now + durations(client, task) : 0) => {
      signal.throwIfAborted();
      const work = beginWork(options, { client, task, due });
      begun.set(client, work);
      order.add(work);
    },
    next: async () => {
      const work = await order.next();
      const answer = await work?.answer;
      signal.throwIfAborted();
      if (!work || !answer || !begun.delete(work.client)) {
        return undefined;
      }
      now = work.due;
      return { ...work, answer };
    },
    dismiss,
    close: () => {
      signal.removeEventListener('abort', stopAll);
      order.close();
      [...begun.keys()].forEach(dismiss);
    },
  };
}

function beginWork({ participants, deadline, timer }: DeskOptions, work: Work): Begun {
  const { client, task } = work;
  const stop = new AbortController();
  const expire = (): void => {
    stop.abort(new ClientFailure(client, `no answer within ${deadline ?? 0} s`));
  };
  const callOff = deadline === undefined ? undefined : timer?.after(deadline, expire);
  const asking = untilAborted(() => participants.ask(client, task, stop.signal), stop.signal);
  const answer = Promise.allSettled([asking]).then(([result]) => {
    callOff?.();
    return result;
  });
  return { ...work, stop, answer };
}

/** Whose answer is taken next. */
interface Order {
  add(work: Begun): void;
  /** Somebody who has begun; nobody when clients came or went. */
  next(): Promise<Begun | undefined>;
  close(): void;
}

/** Those whose answers are there, in the order in which they came. */
function asTheyCome(begun: ReadonlyMap<ClientId, Begun>, { fleet, signal }: DeskOptions): Order {
  const doorbell = createDoorbell(fleet, signal);
  const arrived: Begun[] = [];
  return {
    add: (work) => {
      void work.answer.then(() => {
        arrived.push(work);
        doorbell.ring();
      });
    },
    next: async () => {
      if (arrived.length === 0) {
        await doorbell.rung();
      }
      const work = arrived.shift();
      return work && begun.get(work.client) === work ? work : undefined;
    },
    close: () => {
      doorbell.remove();
    },
  };
}

/** Whoever is due first; two at the same time come by name. */
function earliestFirst(begun: ReadonlyMap<ClientId, Begun>): Order {
  return {
    add: () => undefined,
    next: () => {
      const [first] = [...begun.values()].sort((a, b) => a.due - b.due || (a.client < b.client ? -1 : 1));
      return Promise.resolve(first);
    },
    close: () => undefined,
  };
}
