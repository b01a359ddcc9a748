/**
 * The updates of a buffered round, each added to the sum when it is taken (FedBuff: Nguyen et al. 2022, arXiv
 * 2106.06639). Those trained from an old model are discounted (section 5 there).
 */

import type { Aggregator } from '../../federated/strategy.js';
import type { ClientUpdate } from '../../federated/update.js';
import type { BufferPlan } from '../../study/study.js';
import { type CollectedUpdates, failedOutcome, readReply } from '../collect-updates.js';
import type { ClientId } from '../fleet/fleet.js';
import { reasonToAbort, type ClientOutcome } from '../round.js';
import type { FinishedTask } from './async-task-pool.js';

export interface UpdateBuffer<Aggregate> {
  /** Adds the update in an answer. One that failed or is refused is noted as the client's outcome. */
  take(finished: FinishedTask): void;
  /** Whether it holds as many updates as the round needs. */
  isFull(): boolean;
  /** Whether the client has an outcome in this round. */
  has(client: ClientId): boolean;
  /** Notes the outcome of a client that is no longer waited for. */
  note(outcome: ClientOutcome): void;
  /** The round as it stands: completed where the buffer is full, aborted otherwise. */
  close(): CollectedUpdates<Aggregate>;
}

export interface UpdateBufferOptions<Aggregate> {
  readonly round: number;
  /** The number of parameters. */
  readonly parameters: number;
  /** Number of activities of the study. */
  readonly activities: number;
  readonly plan: BufferPlan;
  readonly aggregator: Aggregator<Aggregate>;
}

export function updateBuffer<Aggregate>(options: UpdateBufferOptions<Aggregate>): UpdateBuffer<Aggregate> {
  const { round, parameters, activities, plan, aggregator } = options;
  const outcomes = new Map<ClientId, ClientOutcome>();
  let aggregate = aggregator.init(parameters);
  let updates = 0;
  const read = ({ client, task, answer }: FinishedTask): ClientOutcome => {
    if (answer.status === 'rejected') {
      return failedOutcome(client, answer.reason);
    }
    const { stage } = task;
    const expected = { stage, round: task.round, size: parameters, cohort: plan.size, activities };
    const { outcome, update } = readReply(client, answer.value, expected);
    if (!update || outcome.outcome !== 'answered') {
      return outcome;
    }
    const staleness = round - task.round;
    aggregate = aggregator.accept(aggregate, discounted(update, staleness, plan.stalenessExponent));
    updates++;
    return { ...outcome, staleness };
  };
  return {
    take: (finished) => {
      try {
        outcomes.set(finished.client, read(finished));
      } catch (error) {
        outcomes.set(finished.client, failedOutcome(finished.client, error));
      }
    },
    isFull: () => updates === plan.size,
    has: (client) => outcomes.has(client),
    note: (outcome) => {
      outcomes.set(outcome.client, outcome);
    },
    close: () => {
      const clients = [...outcomes.values()].sort((a, b) => (a.client < b.client ? -1 : 1));
      const asked = { cohort: [...outcomes.keys()], quorum: plan.size };
      return updates === plan.size
        ? { outcome: { phase: 'completed', clients }, aggregate }
        : { outcome: { phase: 'aborted', clients, reason: reasonToAbort(asked, updates, clients) }, aggregate };
    },
  };
}

/**
 * The update times (1 + staleness)^-exponent; its examples stay. The mean of a buffer is then the paper's Σ s(τ) delta
 * / K with shares of the examples in place of 1 / K: stale updates make the whole step shorter and do not only lose
 * weight against each other. The factor is at most 1, so what `admitUpdate` admitted stays within the exact range of
 * the sum.
 *
 * @param staleness - τ: number of rounds since the update's model was the newest
 */
export function discounted(update: ClientUpdate, staleness: number, exponent: number): ClientUpdate {
  const factor = (1 + staleness) ** -exponent;
  return factor === 1 ? update : { ...update, delta: update.delta.map((value) => factor * value) };
}
