/** One round: asks everybody at once, and adds each answer to the aggregate when it comes. */

import { ClientFailure, UpdateRefused } from '../errors.js';
import type { Aggregator } from '../federated/aggregator.js';
import { admitUpdate, requireSameRound, type ClientUpdate, type ExpectedUpdate } from '../federated/update.js';
import type { AbstainReply, TrainReply, TrainTask } from '../train/task.js';
import type { ClientId } from './fleet.js';
import type { Participants } from './participants.js';
import { advance, askedClients, openRound, type ClientOutcome, type ClosedRound, type RoundPlan } from './round.js';

export interface RoundRequest<Aggregate> {
  readonly task: TrainTask;
  readonly plan: RoundPlan;
  readonly aggregator: Aggregator<Aggregate>;
}

export interface ConductedRound<Aggregate> {
  readonly outcome: ClosedRound;
  /** Of all updates that were let in. */
  readonly aggregate: Aggregate;
}

/**
 * Runs a round to its end. An update is dropped as soon as it has been added, so memory does not grow with the cohort.
 * A client that fails or whose update is refused is part of the outcome; the round goes on without it. Rejects when
 * `signal` aborts.
 */
export async function conductRound<Aggregate>(
  participants: Participants,
  { task, plan, aggregator }: RoundRequest<Aggregate>,
  signal: AbortSignal,
): Promise<ConductedRound<Aggregate>> {
  const asked = askedClients(plan);
  const size = task.parameters.length;
  const expected: ExpectedUpdate = { stage: task.stage, round: task.round, size, cohort: asked.length };
  let state = openRound(plan);
  let aggregate = aggregator.init(size);
  const askOne = async (client: ClientId): Promise<void> => {
    try {
      const { outcome, update } = readReply(client, await participants.ask(client, task, signal), expected);
      aggregate = update ? aggregator.accept(aggregate, update) : aggregate;
      state = advance(state, outcome);
    } catch (error) {
      signal.throwIfAborted();
      state = advance(state, failedOutcome(client, error));
    }
  };
  await Promise.all(asked.map(askOne));
  signal.throwIfAborted();
  if (state.phase === 'open') {
    throw new Error(`Round ${task.round} of stage "${task.stage}" is still open after every answer`);
  }
  return { outcome: state, aggregate };
}

interface ReadReply {
  readonly outcome: ClientOutcome;
  readonly update?: ClientUpdate;
}

/** @throws UpdateRefused */
function readReply(client: ClientId, reply: TrainReply | AbstainReply, expected: ExpectedUpdate): ReadReply {
  if (reply.kind === 'abstain') {
    requireSameRound(client, reply, expected);
    return { outcome: { client, outcome: 'abstained', reason: reply.reason, windows: reply.windows } };
  }
  const update = admitUpdate(client, reply, expected);
  return { update, outcome: { client, outcome: 'answered', examples: update.examples, summary: reply.summary } };
}

/** Whatever else was thrown is a bug of the coordinator, and no client's failure. */
function failedOutcome(client: ClientId, error: unknown): ClientOutcome {
  if (error instanceof ClientFailure || error instanceof UpdateRefused) {
    return { client, outcome: 'failed', reason: error.message };
  }
  throw error;
}
