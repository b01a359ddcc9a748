/** The updates of a buffered round, each added when it is taken (FedBuff: Nguyen et al. 2022, arXiv 2106.06639). */

import type { Aggregator } from '../federated/aggregator.js';
import { discounted } from '../federated/staleness.js';
import type { BufferPlan } from '../study/study.js';
import { failedOutcome, readReply, type ConductedRound } from './conduct-round.js';
import type { ClientId } from './fleet.js';
import { reasonToAbort, type ClientOutcome } from './round.js';
import type { AnsweredWork } from './work-desk.js';

export interface UpdateBuffer<Aggregate> {
  /** Reads an answer; one that fails or must not enter the sum is an outcome too. */
  take(work: AnsweredWork): void;
  /** Whether so many updates are in it as the round needs. */
  isFull(): boolean;
  /** Whether something came of asking the client in this round. */
  has(client: ClientId): boolean;
  /** Notes a client that nobody waits for any more. */
  note(outcome: ClientOutcome): void;
  /** The round as it stands: completed where the buffer is full, else aborted. */
  close(): ConductedRound<Aggregate>;
}

export interface BufferRequest<Aggregate> {
  readonly round: number;
  /** Number of parameters. */
  readonly parameters: number;
  readonly plan: BufferPlan;
  readonly aggregator: Aggregator<Aggregate>;
}

export function updateBuffer<Aggregate>(request: BufferRequest<Aggregate>): UpdateBuffer<Aggregate> {
  const { round, parameters, plan, aggregator } = request;
  const outcomes = new Map<ClientId, ClientOutcome>();
  let aggregate = aggregator.init(parameters);
  let updates = 0;
  const read = ({ client, task, answer }: AnsweredWork): ClientOutcome => {
    if (answer.status === 'rejected') {
      return failedOutcome(client, answer.reason);
    }
    const { stage } = task;
    const expected = { stage, round: task.round, size: parameters, cohort: plan.size };
    const { outcome, update } = readReply(client, answer.value, expected);
    if (!update || outcome.outcome !== 'answered') {
      return outcome;
    }
    const staleness = round - task.round;
    aggregate = aggregator.accept(aggregate, discounted(update, staleness, plan.staleness.exponent));
    updates++;
    return { ...outcome, staleness };
  };
  return {
    take: (work) => {
      try {
        outcomes.set(work.client, read(work));
      } catch (error) {
        outcomes.set(work.client, failedOutcome(work.client, error));
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
