/**
 * A round as a machine: who was asked, what came of it, and when it is over. It holds names and counts, never
 * parameters, and nothing in it waits: `conductRound` feeds it answers and says when the deadline has come.
 */

import type { TrainSummary } from '../train/task.js';
import type { ClientId } from './fleet.js';

/** A client trained. */
export interface AnsweredOutcome {
  readonly client: ClientId;
  readonly outcome: 'answered';
  readonly examples: number;
  /** Rounds since the model that it trained was the newest, where rounds are buffers. */
  readonly staleness?: number;
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
    }
  | {
      readonly client: ClientId;
      /** It was still at work: at the deadline, or when enough others had answered. Its answer counts no more. */
      readonly outcome: 'late' | 'surplus';
      readonly reason: string;
    };

export interface RoundPlan {
  readonly cohort: readonly ClientId[];
  /** Asked as well, but their answers do not count towards the quorum. */
  readonly uncounted: readonly ClientId[];
  /** Answers of the cohort that the round needs. */
  readonly quorum: number;
  /** Answers of the cohort after which the round waits for no more of it; absent where it waits for all. */
  readonly enough?: number;
  /** Seconds after which it waits for no more of it either. */
  readonly deadline?: number;
}

export interface OpenRound {
  readonly phase: 'open';
  readonly plan: RoundPlan;
  readonly pending: ReadonlySet<ClientId>;
  readonly outcomes: readonly ClientOutcome[];
  /** How many of the cohort have answered. */
  readonly answered: number;
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
  return settle({ phase: 'open', plan, pending: new Set(askedClients(plan)), outcomes: [], answered: 0 });
}

/** The round after one more outcome: the same object when it comes late, again, or from somebody who was not asked. */
export function advance(state: RoundState, outcome: ClientOutcome): RoundState {
  if (state.phase !== 'open' || !state.pending.has(outcome.client)) {
    return state;
  }
  const { client } = outcome;
  const pending = new Set(state.pending);
  pending.delete(client);
  const isCounted = outcome.outcome === 'answered' && !state.plan.uncounted.includes(client);
  const answered = state.answered + (isCounted ? 1 : 0);
  const next: OpenRound = { ...state, pending, answered, outcomes: [...state.outcomes, outcome] };
  const isEnough = answered === state.plan.enough;
  return settle(isEnough ? dismissCohort(next, 'surplus', `${answered} answered before it`) : next);
}

/** The round after its deadline: whoever of the cohort has not answered is late. It still waits for the others. */
export function expire(state: RoundState): RoundState {
  return state.phase === 'open'
    ? settle(dismissCohort(state, 'late', `no answer within ${state.plan.deadline ?? 0} s`))
    : state;
}

/** Whether the round still waits for that client. */
export function isPending(state: RoundState, client: ClientId): boolean {
  return state.phase === 'open' && state.pending.has(client);
}

function dismissCohort(round: OpenRound, outcome: 'late' | 'surplus', reason: string): OpenRound {
  const { cohort, uncounted } = round.plan;
  const dismissed = cohort.filter((client) => round.pending.has(client));
  return {
    ...round,
    pending: new Set(uncounted.filter((client) => round.pending.has(client))),
    outcomes: [...round.outcomes, ...dismissed.map((client): ClientOutcome => ({ client, outcome, reason }))],
  };
}

/** Closes a round that waits for nobody any more. Its clients are sorted by name, in whatever order they answered. */
function settle(round: OpenRound): RoundState {
  if (round.pending.size > 0) {
    return round;
  }
  const { plan, answered } = round;
  const clients = round.outcomes.toSorted((a, b) => (a.client < b.client ? -1 : 1));
  return answered >= plan.quorum
    ? { phase: 'completed', clients }
    : { phase: 'aborted', clients, reason: reasonToAbort(plan, answered, clients) };
}

const MOST_REASONS = 5;

/** Why a round does not count, with the reasons of those who did not answer. */
export function reasonToAbort(
  { cohort, quorum }: Pick<RoundPlan, 'cohort' | 'quorum'>,
  answered: number,
  clients: readonly ClientOutcome[],
): string {
  if (clients.length === 0) {
    return 'nobody was asked';
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
