/**
 * A round as a state machine: who was asked, how each of them ended, and when the round is over. It holds names and
 * counts, never parameters, and nothing in it waits: `collectUpdates` tells it of answers and of the deadline. It
 * changes in place, because a copy for each answer would make a round quadratic in its clients.
 */

import type { TrainSummary } from '../train/task.js';
import type { ClientId } from './fleet/fleet.js';

/** The outcome of a client that trained. */
export interface AnsweredOutcome {
  readonly client: ClientId;
  readonly outcome: 'answered';
  /** Absent where its update is masked, as is the summary: only the sum of a round is known. */
  readonly examples?: number;
  /** In a buffered round: how many rounds ago the model that the client trained was the newest. */
  readonly staleness?: number;
  readonly summary?: TrainSummary;
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

export type ClosedRound =
  | { readonly phase: 'completed'; readonly clients: readonly ClientOutcome[] }
  | {
      readonly phase: 'aborted';
      readonly clients: readonly ClientOutcome[];
      readonly reason: string;
      /** Present where updates came to something that nobody can use: the clients one of which has caused it. */
      readonly suspects?: readonly ClientId[];
    };

/** A round from its first question to its end. */
export interface Round {
  /** How it ended; absent as long as it waits for somebody. */
  readonly closed: () => ClosedRound | undefined;
  /** Whether it still waits for that client. */
  readonly isPending: (client: ClientId) => boolean;
  /**
   * Takes note of how a client ended. An outcome that comes too late, for a second time, or from somebody who was not
   * asked changes nothing.
   */
  readonly add: (outcome: ClientOutcome) => void;
  /** The deadline: clients of the cohort that have not answered are late. It still waits for the others. */
  readonly expire: () => void;
}

/** Everybody the round asks. */
export function askedClients({ cohort, uncounted }: RoundPlan): readonly ClientId[] {
  return [...cohort, ...uncounted];
}

/**
 * The round before any answer. Where nobody is asked, it is aborted at once.
 *
 * @param onCohortOver - Called when the round no longer waits for any client of its cohort
 */
export function openRound(plan: RoundPlan, onCohortOver: () => void): Round {
  const cohort = new Set(plan.cohort);
  const uncounted = new Set(plan.uncounted);
  const outcomes: ClientOutcome[] = [];
  let answered = 0;
  const isPending = (client: ClientId): boolean => cohort.has(client) || uncounted.has(client);
  const closeCohort = (outcome: 'late' | 'surplus', reason: string): void => {
    for (const client of cohort) {
      outcomes.push({ client, outcome, reason });
    }
    cohort.clear();
  };
  return {
    isPending,
    closed: () => (cohort.size + uncounted.size > 0 ? undefined : closedRound(plan, answered, outcomes)),
    add: (outcome) => {
      const { client } = outcome;
      if (!isPending(client)) {
        return;
      }
      outcomes.push(outcome);
      const isCounted = cohort.delete(client);
      uncounted.delete(client);
      if (isCounted && outcome.outcome === 'answered') {
        answered += 1;
        if (answered === plan.enough) {
          closeCohort('surplus', `${answered} answered before it`);
        }
      }
      if (isCounted && cohort.size === 0) {
        onCohortOver();
      }
    },
    expire: () => {
      closeCohort('late', `no answer within ${plan.deadline ?? 0} s`);
      onCohortOver();
    },
  };
}

/** The outcomes are sorted by name, in whatever order they came. */
function closedRound(plan: RoundPlan, answered: number, outcomes: readonly ClientOutcome[]): ClosedRound {
  const clients = outcomes.toSorted((a, b) => (a.client < b.client ? -1 : 1));
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
