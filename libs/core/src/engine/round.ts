/**
 * A round as a pure state machine: who was asked, how each of them ended, and when the round is over. It holds names and
 * counts, never parameters, and nothing in it waits: `collectUpdates` tells it of answers and of the deadline.
 */

import type { TrainSummary } from '../train/task.js';
import type { ClientId } from './fleet/fleet.js';

/** The outcome of a client that trained. */
export interface AnsweredOutcome {
  readonly client: ClientId;
  readonly outcome: 'answered';
  readonly examples: number;
  /** In a buffered round: how many rounds ago the model that the client trained was the newest. */
  readonly staleness?: number;
  readonly summary: TrainSummary;
}

/** How one client that was asked ended. */
export type ClientOutcome =
  | AnsweredOutcome
  | {
      readonly client: ClientId;
      /** The client had nothing to learn from. */
      readonly outcome: 'abstained';
      readonly reason: string;
      /** `null` where the client withholds it. */
      readonly windows: number | null;
    }
  | {
      readonly client: ClientId;
      /** The client left, its training failed, or its answer was refused. */
      readonly outcome: 'failed';
      readonly reason: string;
    }
  | {
      readonly client: ClientId;
      /** The client was still training at the deadline, or when enough others had answered: its answer is ignored. */
      readonly outcome: 'late' | 'surplus';
      readonly reason: string;
    };

export interface RoundPlan {
  /** The clients whose answers count towards the quorum. */
  readonly cohort: readonly ClientId[];
  /** Participants that are asked as well, but do not count towards the quorum. */
  readonly uncounted: readonly ClientId[];
  /** How many answers of the cohort the round needs to be completed. */
  readonly quorum: number;
  /** After how many answers of the cohort the round stops waiting for more of it; absent where it waits for all. */
  readonly enough?: number;
  /** After how many seconds the round stops waiting for the cohort. */
  readonly deadline?: number;
}

export interface OpenRound {
  readonly phase: 'open';
  readonly plan: RoundPlan;
  /** Everybody the round still waits for. */
  readonly pending: ReadonlySet<ClientId>;
  readonly outcomes: readonly ClientOutcome[];
  /** How many clients of the cohort have answered. */
  readonly answered: number;
}

export type ClosedRound =
  | { readonly phase: 'completed'; readonly clients: readonly ClientOutcome[] }
  | { readonly phase: 'aborted'; readonly clients: readonly ClientOutcome[]; readonly reason: string };

export type RoundState = OpenRound | ClosedRound;

/** Everybody the round asks. */
export function askedClients({ cohort, uncounted }: RoundPlan): readonly ClientId[] {
  return [...cohort, ...uncounted];
}

/** The round before any answer. Where nobody is asked, it is aborted at once. */
export function openRound(plan: RoundPlan): RoundState {
  return settle({ phase: 'open', plan, pending: new Set(askedClients(plan)), outcomes: [], answered: 0 });
}

/**
 * The round after one more outcome. An outcome that comes too late, for a second time, or from somebody who was not asked
 * changes nothing: the same object is returned.
 */
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
  return settle(isEnough ? closeCohort(next, 'surplus', `${answered} answered before it`) : next);
}

/** The round after its deadline: clients of the cohort that have not answered are late. It still waits for the others. */
export function expire(state: RoundState): RoundState {
  return state.phase === 'open'
    ? settle(closeCohort(state, 'late', `no answer within ${state.plan.deadline ?? 0} s`))
    : state;
}

/** Whether the round still waits for that client. */
export function isPending(state: RoundState, client: ClientId): boolean {
  return state.phase === 'open' && state.pending.has(client);
}

/** Stops waiting for the cohort. */
function closeCohort(round: OpenRound, outcome: 'late' | 'surplus', reason: string): OpenRound {
  const { cohort, uncounted } = round.plan;
  const unanswered = cohort.filter((client) => round.pending.has(client));
  return {
    ...round,
    pending: new Set(uncounted.filter((client) => round.pending.has(client))),
    outcomes: [...round.outcomes, ...unanswered.map((client): ClientOutcome => ({ client, outcome, reason }))],
  };
}

/** Closes the round once it waits for nobody. The outcomes are sorted by name, in whatever order they came. */
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

/** How many reasons a message lists. */
const MAX_REASONS = 5;

/** Why a round is aborted, with the reasons of the clients that did not answer. */
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
  const more = reasons.length > MAX_REASONS ? [`and ${reasons.length - MAX_REASONS} more`] : [];
  const allAbstained = clients.every(({ outcome }) => outcome === 'abstained');
  const fact = allAbstained
    ? `all ${clients.length} asked abstained`
    : `${answered} of ${cohort.length} answered, where ${quorum} must`;
  return `${fact} (${[...reasons.slice(0, MAX_REASONS), ...more].join('; ')})`;
}
