/** One round: asks everybody at once, and adds each answer to the aggregate when it comes. */

import { ClientFailure, UpdateRefused } from '../errors.js';
import type { Aggregator } from '../federated/aggregator.js';
import { admitUpdate, requireSameRound, type ClientUpdate, type ExpectedUpdate } from '../federated/update.js';
import type { ReplyTo, TrainTask } from '../train/task.js';
import { tasksSince, type CountedRounds } from './counted-rounds.js';
import { createDismissal } from './dismissal.js';
import type { ClientId } from './fleet.js';
import type { Participants } from './participants.js';
import {
  advance,
  askedClients,
  expire,
  isPending,
  openRound,
  type ClientOutcome,
  type ClosedRound,
  type RoundPlan,
  type RoundState,
} from './round.js';
import type { Timer } from './timer.js';

export interface RoundRequest<Aggregate> {
  readonly task: TrainTask;
  readonly plan: RoundPlan;
  /** Numbers of an update; as many as parameters where it is left out. */
  readonly size?: number | undefined;
  /** In a stage whose clients keep a memory: by this each learns from which round it goes on. */
  readonly counted?: CountedRounds | undefined;
  readonly aggregator: Aggregator<Aggregate>;
  /** Rings at the plan's deadline; without it there is none. */
  readonly timer?: Timer | undefined;
}

export interface ConductedRound<Aggregate> {
  readonly outcome: ClosedRound;
  /** Of all updates that were let in. */
  readonly aggregate: Aggregate;
}

/**
 * Runs a round to its end. The aggregator gets each update when it comes; one that is linear drops it then, so that
 * memory does not grow with the cohort. A client that fails or whose update is refused is part of the outcome; the
 * round goes on without it. When the cohort is dismissed, at the deadline or because enough of it have answered, those
 * who are still at work are told to stop, and what they answer all the same changes nothing. Rejects when `signal` aborts.
 */
export async function conductRound<Aggregate>(
  participants: Participants,
  { task, plan, size = task.parameters.length, counted, aggregator, timer }: RoundRequest<Aggregate>,
  signal: AbortSignal,
): Promise<ConductedRound<Aggregate>> {
  const asked = askedClients(plan);
  const { stage, round, control } = task;
  const expected = { stage, round, size, cohort: asked.length, control: control !== undefined };
  const taskOf = tasksSince(task, counted);
  let state = openRound(plan);
  let aggregate = aggregator.init(size);
  const dismissal = createDismissal(signal);
  const move = (next: RoundState): void => {
    state = next;
    if (!plan.cohort.some((client) => isPending(next, client))) {
      dismissal.dismiss();
    }
  };
  const askOne = async (client: ClientId): Promise<void> => {
    try {
      const until = plan.uncounted.includes(client) ? signal : dismissal.signal;
      const reply = await participants.ask(client, taskOf(client), until);
      if (isPending(state, client)) {
        const { outcome, update } = readReply(client, reply, expected);
        aggregate = update ? aggregator.accept(aggregate, update) : aggregate;
        move(advance(state, outcome));
      }
    } catch (error) {
      signal.throwIfAborted();
      if (isPending(state, client)) {
        move(advance(state, failedOutcome(client, error)));
      }
    }
  };
  const ring = (): void => {
    move(expire(state));
  };
  const callOff = plan.deadline === undefined ? undefined : timer?.after(plan.deadline, ring);
  await Promise.all(asked.map(askOne)).finally(() => {
    callOff?.();
    dismissal.release();
  });
  signal.throwIfAborted();
  return { outcome: closed(state, task), aggregate };
}

function closed(state: RoundState, { stage, round }: TrainTask): ClosedRound {
  if (state.phase === 'open') {
    throw new Error(`Round ${round} of stage "${stage}" is still open after every answer`);
  }
  return state;
}

export interface ReadReply {
  readonly outcome: ClientOutcome;
  readonly update?: ClientUpdate;
}

/**
 * What a client's answer says, and the update in it, once that is let in.
 *
 * @throws UpdateRefused
 */
export function readReply(client: ClientId, reply: ReplyTo<TrainTask>, expected: ExpectedUpdate): ReadReply {
  if (reply.kind === 'abstain') {
    requireSameRound(client, reply, expected);
    return { outcome: { client, outcome: 'abstained', reason: reply.reason, windows: reply.windows } };
  }
  const update = admitUpdate(client, reply, expected);
  return { update, outcome: { client, outcome: 'answered', examples: update.examples, summary: reply.summary } };
}

/** Whatever else was thrown is a bug of the coordinator, and no client's failure. */
export function failedOutcome(client: ClientId, error: unknown): ClientOutcome {
  if (error instanceof ClientFailure || error instanceof UpdateRefused) {
    return { client, outcome: 'failed', reason: error.message };
  }
  throw error;
}
