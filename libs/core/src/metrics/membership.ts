/**
 * Membership inference: how well scores tell people whom a model has learned from, the members, from others. The attack
 * on people takes the mean of their windows' scores (S. Yeom et al. 2018, arXiv 1709.01604, with losses as scores); that
 * on windows takes each by itself. Windows of a person are alike, so intervals come from resampling people.
 */

import type { Rng } from '../math/random.js';
import { clopperPearson, type ProbabilityInterval } from '../privacy/audit.js';
import { type Interval, percentileInterval } from './people-intervals.js';

/** What an attack says of the windows of one person. */
export interface ScoredPerson {
  /** The higher, the likelier the model has learned from the window; at least one, shape [window]. */
  readonly scores: Float64Array;
}

/** How well an attack tells members from others. Figures are undefined where a group is empty. */
export interface MembershipFigures {
  readonly people: {
    readonly members: number;
    readonly others: number;
    /** Probability that a member scores higher than another person, where equal scores count a half; 0.5 is chance. */
    readonly auc: number;
    /** Number of members who score higher than all others: they are found without a false alarm. */
    readonly found: number;
    /** The interval of Clopper and Pearson of their share. */
    readonly foundShare: ProbabilityInterval;
  };
  readonly windows: {
    readonly members: number;
    readonly others: number;
    readonly auc: number;
    /** Absent where a group has fewer than two people. */
    readonly aucInterval?: Interval;
    /** Share of the members' windows that are found where at most a hundredth of the others' are, by false alarm. */
    readonly found: number;
    readonly foundInterval?: Interval;
  };
}

/** The largest share of the others' windows that may be found. */
const FALSE_ALARMS = 0.01;

const LEVEL = 0.95;
const RESAMPLES = 500;

/**
 * The figures of an attack.
 *
 * @param members - At least one, as are others
 * @param rng - Random source of the resampling
 */
export function membershipFigures(
  members: readonly ScoredPerson[],
  others: readonly ScoredPerson[],
  rng: Rng,
): MembershipFigures {
  const sorted = { members: members.map(sortedScores), others: others.map(sortedScores) };
  const pairs = sorted.members.map((own) => sorted.others.map((other) => pairsWon(own, other)));
  const everybody = { members: [...members.keys()], others: [...others.keys()] };
  const figuresOf = (drawn: DrawnPeople): WindowFigures => windowFigures(sorted, pairs, drawn);
  const resampled =
    Math.min(members.length, others.length) < 2
      ? []
      : Array.from({ length: RESAMPLES }, () =>
          figuresOf({ members: drawPeople(members.length, rng), others: drawPeople(others.length, rng) }),
        );
  const windows = figuresOf(everybody);
  return {
    people: peopleFigures(members, others),
    windows: {
      members: totalLength(sorted.members),
      others: totalLength(sorted.others),
      ...windows,
      ...(resampled.length > 0 && {
        aucInterval: percentileInterval(resampled.map(({ auc }) => auc), LEVEL), // prettier-ignore
        foundInterval: percentileInterval(resampled.map(({ found }) => found), LEVEL), // prettier-ignore
      }),
    },
  };
}

function peopleFigures(members: readonly ScoredPerson[], others: readonly ScoredPerson[]): MembershipFigures['people'] {
  const [own, other] = [members, others].map((people) => Float64Array.from(people, meanScore).sort());
  const highest = other!.at(-1)!;
  const found = own!.filter((score) => score > highest).length;
  return {
    members: members.length,
    others: others.length,
    auc: pairsWon(own!, other!) / (members.length * others.length),
    found,
    foundShare: clopperPearson(found, members.length, LEVEL),
  };
}

type SortedGroups = Readonly<Record<'members' | 'others', readonly Float64Array[]>>;
/** Indices of people, who may occur several times. */
type DrawnPeople = Readonly<Record<'members' | 'others', readonly number[]>>;
type WindowFigures = Pick<MembershipFigures['windows'], 'auc' | 'found'>;

/** @param pairs - Pairs of windows that the member's wins, for each pair of people, shape [member][other] */
function windowFigures(sorted: SortedGroups, pairs: readonly (readonly number[])[], drawn: DrawnPeople): WindowFigures {
  const members = drawn.members.map((person) => sorted.members[person]!);
  const others = drawn.others.map((person) => sorted.others[person]!);
  let won = 0;
  for (const member of drawn.members) {
    for (const other of drawn.others) {
      won += pairs[member]![other]!;
    }
  }
  const scores = Float64Array.from(others.flatMap((own) => [...own])).sort();
  const threshold = scores[scores.length - 1 - Math.floor(FALSE_ALARMS * scores.length)]!;
  const found = members.reduce((sum, own) => sum + own.length - countUpTo(own, threshold), 0);
  const windows = totalLength(members);
  return { auc: won / (windows * totalLength(others)), found: found / windows };
}

/** Number of pairs in which the first score is higher, and half of those in which both are equal (Mann-Whitney). */
function pairsWon(sorted: Float64Array, others: Float64Array): number {
  return sorted.reduce((sum, score) => sum + (countBelow(others, score) + countUpTo(others, score)) / 2, 0);
}

function countBelow(sorted: Float64Array, limit: number): number {
  return countWhile(sorted, (score) => score < limit);
}

function countUpTo(sorted: Float64Array, limit: number): number {
  return countWhile(sorted, (score) => score <= limit);
}

/** Length of the longest beginning whose scores all pass, by bisection. */
function countWhile(sorted: Float64Array, passes: (score: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(sorted[middle]!)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function drawPeople(count: number, rng: Rng): readonly number[] {
  return Array.from({ length: count }, () => rng.integer(count));
}

function sortedScores({ scores }: ScoredPerson): Float64Array {
  return scores.toSorted();
}

function meanScore({ scores }: ScoredPerson): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function totalLength(people: readonly Float64Array[]): number {
  return people.reduce((sum, { length }) => sum + length, 0);
}
