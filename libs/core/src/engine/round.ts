/**
 * A round as a machine: who was asked, what came of it, and when it is over. It holds names and counts, never
 * parameters, and nothing in it waits: `conductRound` feeds it. Deadlines and clients beyond need would be events here.
 */

import type { TrainSummary } from '../train/task.js';
import type { ClientId } from './fleet.js';

/** A client trained. */
export interface AnsweredOutcome {
  readonly client: ClientId;
  readonly outcome: 'answered';
  readonly examples: number;
  readonly summary: TrainSummary;
}

/** What came of asking one client. */
export type ClientOutcome =
  | AnsweredOutcome
  | {
      readonly client: ClientId;
      /** It had nothing to learn from. */
      readonly outcome: 'abstained';
      readonly reason: string;
      readonly windows: number;
    }
  | {
      readonly client: ClientId;
      /** It left, its training failed, or its answer was refused. */
      readonly outcome: 'failed';
      readonly reason: string;
    };

export interface RoundPlan {
  readonly cohort: readonly ClientId[];
  /** Asked as well, but their answers do not count towards the quorum. */
  readonly uncounted: readonly ClientId[];
  /** Answers of the cohort that the round needs. */
  readonly quorum: number;
}

export interface OpenRound {
  readonly phase: 'open';
  readonly plan: RoundPlan;
  readonly pending: ReadonlySet<ClientId>;
  readonly outcomes: readonly ClientOutcome[];
}

export type ClosedRound =
  | { readonly phase: 'completed'; readonly clients: readonly ClientOutcome[] }
  | { readonly phase: 'aborted'; readonly clients: readonly ClientOutcome[]; readonly reason: string };

export type RoundState = OpenRound | ClosedRound;

/** Everybody whom the round asks. */
export function askedClients({ cohort, uncounted }: RoundPlan): readonly ClientId[] {
  return [...cohort, ...uncounted];
}

/** The round before any answer; aborted at once where nobody is asked. */
export function openRound(plan: RoundPlan): RoundState {
  return settle({ phase: 'open', plan, pending: new Set(askedClients(plan)), outcomes: [] });
}

/** The round after one more outcome: the same object when it comes late, again, or from somebody who was not asked. */
export function advance(state: RoundState, outcome: ClientOutcome): RoundState {
  if (state.phase !== 'open' || !state.pending.has(outcome.client)) {
    return state;
  }
  const pending = new Set(state.pending);
  pending.delete(outcome.client);
  return settle({ ...state, pending, outcomes: [...state.outcomes, outcome] });
}

/** Closes a round that waits for nobody any more. Its clients are sorted by name, in whatever order they answered. */
function settle(round: OpenRound): RoundState {
  if (round.pending.size > 0) {
    return round;
  }
  const clients = round.outcomes.toSorted((a, b) => (a.client < b.client ? -1 : 1));
  const { cohort, quorum } = round.plan;
  const counted = new Set(cohort);
  const answered = clients.filter(({ client, outcome }) => outcome === 'answered' && counted.has(client)).length;
  return answered >= quorum
    ? { phase: 'completed', clients }
    : { phase: 'aborted', clients, reason: reasonToAbort(round.plan, answered, clients) };
}

const MOST_REASONS = 5;

function reasonToAbort({ cohort, quorum }: RoundPlan, answered: number, clients: readonly ClientOutcome[]): string {
  if (clients.length === 0) {
    return 'nobody was there to be asked';
  }
  const reasons = clients.flatMap((outcome) =>
    outcome.outcome === 'answered' ? [] : [`${outcome.client} ${outcome.outcome}: ${outcome.reason}`],
  );
  const more = reasons.length > MOST_REASONS ? [`and ${reasons.length - MOST_REASONS} more`] : [];
  const allAbstained = clients.every(({ outcome }) => outcome === 'abstained');
  const fact = allAbstained
    ? `all ${clients.length} asked abstained`
    : `${answered} of ${cohort.length} answered, where ${quorum} must`;
  return `${fact} (${[...reasons.slice(0, MOST_REASONS), ...more].join('; ')})`;
}
