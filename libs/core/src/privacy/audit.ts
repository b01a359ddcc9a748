/**
 * Lower bounds of epsilon by attack: whoever tells people in the training data from others better than a privacy promise
 * permits has refuted it. They belong beside the accountant's upper bound, and have to stay below it.
 */

import { boundaryOf } from './search.js';

/** What an attack said of units that took part, and of units that did not. */
export interface MembershipGuesses {
  readonly truePositives: number;
  /** Number of units that took part. */
  readonly members: number;
  readonly falsePositives: number;
  /** Number of units that did not. */
  readonly others: number;
}

/** What the bounds hold for. */
export interface AuditSettings {
  /** The delta of the promise that is put to the test. */
  readonly delta: number;
  /** How sure the bound is, e.g. 0.95. */
  readonly confidence: number;
}

/** Guesses about canaries of a single run, each of which took part or not by the flip of a fair coin. */
export interface OneRunGuesses {
  readonly canaries: number;
  /** Number of canaries that the attack said something about; it may leave out unclear ones. */
  readonly guesses: number;
  readonly correct: number;
}

/** What an attack found out about the canaries of a run, and which of them took part. */
export interface CanaryScores {
  /** The higher, the likelier it is that the canary took part; shape [canary]. */
  readonly scores: Float64Array;
  /** 1 where the canary took part, by the flip of a fair coin, else 0; shape [canary]. */
  readonly isIn: Uint8Array;
}

/** What guesses about canaries refute. */
export interface CanaryBound extends OneRunGuesses {
  /** The largest epsilon that they refute; 0 where they refute none. */
  readonly epsilon: number;
}

/** An interval of probabilities. */
export interface ProbabilityInterval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The exact interval of a probability that gave `successes` in `trials` (C. J. Clopper and E. S. Pearson 1934): at either
 * end, as many or as few successes have a probability of half of 1 - confidence.
 */
export function clopperPearson(successes: number, trials: number, confidence: number): ProbabilityInterval {
  return {
    lower: lowerEnd(successes, trials, (1 - confidence) / 2),
    upper: 1 - lowerEnd(trials - successes, trials, (1 - confidence) / 2),
  };
}

/** The largest probability with which so many successes are less likely than `doubt`. */
function lowerEnd(successes: number, trials: number, doubt: number): number {
  if (successes === 0) {
    return 0;
  }
  const isLikely = (probability: number): boolean =>
    tail(binomialDistribution(trials, probability / (1 - probability)), successes) > doubt;
  return boundaryOf(isLikely, { from: 0, to: 1, tolerance: 1e-12 }).before;
}

/**
 * The largest epsilon that guesses about many units refute: with (ε, δ), TPR ≤ e^ε FPR + δ, and the same of the rates of
 * right and wrong denials. Rates are at the unfavourable ends of their Clopper-Pearson intervals (M. Jagielski, J. Ullman
 * and A. Oprea 2020, arXiv 2006.07709).
 */
export function epsilonLowerBound(guesses: MembershipGuesses, { delta, confidence }: AuditSettings): number {
  const { truePositives, members, falsePositives, others } = guesses;
  const found = clopperPearson(truePositives, members, confidence).lower;
  const accused = clopperPearson(falsePositives, others, confidence).upper;
  const refuted = (right: number, wrong: number): number => (right > delta ? Math.log((right - delta) / wrong) : 0);
  return Math.max(0, refuted(found, accused), refuted(1 - accused, 1 - found));
}

/** The end of the search: nobody has as many canaries as it takes to refute this. */
const LARGEST_EPSILON = 30;

/**
 * The largest epsilon that one run refutes (T. Steinke, M. Nasr and M. Jagielski 2023, Privacy auditing with one training
 * run, arXiv 2305.08846, the theorem for approximate differential privacy): with (ε, δ), at least v of r guesses about m
 * canaries are right with a probability of at most P[W ≥ v] + 2 m δ max_i P[v > W ≥ v - i] / i, where W is binomial with
 * r trials of e^ε / (1 + e^ε).
 */
export function oneRunLowerBound(guesses: OneRunGuesses, { delta, confidence }: AuditSettings): number {
  const isPossible = (epsilon: number): boolean => chanceOf(guesses, epsilon, delta) > 1 - confidence;
  return isPossible(0) ? 0 : boundaryOf(isPossible, { from: 0, to: LARGEST_EPSILON, tolerance: 1e-9 }).before;
}

/**
 * Shares of the canaries that are guessed to have taken part, those with the highest scores, and not to have, the lowest.
 * The first leaves some out because coins do not fall evenly.
 */
const guessing: readonly { readonly isIn: number; readonly isOut: number }[] = [
  { isIn: 0.4, isOut: 0.4 },
  { isIn: 1 / 8, isOut: 1 / 8 },
  { isIn: 1 / 32, isOut: 1 / 32 },
  { isIn: 1 / 128, isOut: 1 / 128 },
  { isIn: 1 / 8, isOut: 0 },
  { isIn: 1 / 32, isOut: 0 },
];

/**
 * The largest epsilon that scores of canaries refute, of one run or of several, which are one run with all their canaries
 * to the theorem. The clearest cases say most, but how many are clear depends on the
 * mechanism, so several shares are tried. Each of them holds with a part of the doubt, so that all hold together with
 * the confidence that is asked for.
 */
export function canaryLowerBound(runs: readonly CanaryScores[], { delta, confidence }: AuditSettings): CanaryBound {
  const settings = { delta, confidence: 1 - (1 - confidence) / guessing.length };
  const found = {
    scores: Float64Array.from(runs.flatMap(({ scores }) => [...scores])),
    isIn: Uint8Array.from(runs.flatMap(({ isIn }) => [...isIn])),
  };
  const bounds = guessing.map((shares): CanaryBound => {
    const guesses = guessesOf(found, shares);
    return { ...guesses, epsilon: oneRunLowerBound(guesses, settings) };
  });
  return bounds.reduce((best, each) => (each.epsilon > best.epsilon ? each : best));
}

/** The bound of an attack on so many canaries that is never wrong: no audit with them can show more. */
export function largestCanaryBound(canaries: number, settings: AuditSettings): number {
  const isIn = Uint8Array.from({ length: canaries }, (_, canary) => canary % 2);
  return canaryLowerBound([{ scores: Float64Array.from(isIn), isIn }], settings).epsilon;
}

function guessesOf({ scores, isIn }: CanaryScores, shares: (typeof guessing)[number]): OneRunGuesses {
  const canaries = scores.length;
  const falling = Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
  const [highest, lowest] = [Math.floor(shares.isIn * canaries), Math.floor(shares.isOut * canaries)];
  const found = falling.subarray(0, highest).filter((canary) => isIn[canary] === 1).length;
  const cleared = falling.subarray(canaries - lowest).filter((canary) => isIn[canary] === 0).length;
  return { canaries, guesses: highest + lowest, correct: found + cleared };
}

function chanceOf({ canaries, guesses, correct }: OneRunGuesses, epsilon: number, delta: number): number {
  const distribution = binomialDistribution(guesses, Math.exp(epsilon));
  let [below, worst] = [0, 0];
  for (let fewer = 1; fewer <= correct; fewer++) {
    below += distribution[correct - fewer]!;
    worst = Math.max(worst, below / fewer);
  }
  return tail(distribution, correct) + 2 * canaries * delta * worst;
}

/**
 * The probability of each number of successes, shape [successes], from the ratios of neighbours, starting at the most
 * likely number. @param odds - Of a success against a failure.
 */
function binomialDistribution(trials: number, odds: number): Float64Array {
  const likeliest = Math.min(trials, Math.floor(((trials + 1) * odds) / (1 + odds)));
  const chances = new Float64Array(trials + 1);
  chances[likeliest] = 1;
  for (let count = likeliest; count < trials; count++) {
    chances[count + 1] = (chances[count]! * odds * (trials - count)) / (count + 1);
  }
  for (let count = likeliest; count > 0; count--) {
    chances[count - 1] = (chances[count]! * count) / (odds * (trials - count + 1));
  }
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => chance / sum);
}

/** The probability of at least `least` successes. */
function tail(distribution: Float64Array, least: number): number {
  return distribution.subarray(least).reduceRight((sum, chance) => sum + chance, 0);
}
