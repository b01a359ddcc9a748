/**
 * The distribution of the privacy loss of one release, on a grid. The privacy loss of an outcome is the logarithm of how
 * much more likely it is with a person than without; its distribution under either decides epsilon and delta (D. M.
 * Sommer, S. Meiser and E. Mohammadi 2019, Privacy loss classes).
 *
 * Between two points of the grid, probability is moved to both so that its total stays the same under both hypotheses.
 * This replaces delta, which is convex in exp(epsilon), by its chords: it never becomes smaller, and the error per
 * release is of the square of the spacing (V. Doroshenko et al. 2022, Connect the dots, arXiv 2207.04380).
 */

import { upperTail } from '../math/normal-distribution.js';

/** Probabilities of losses at multiples of the spacing, from an index on. */
export interface GridLosses {
  /** The first loss, in multiples of the spacing. */
  readonly first: number;
  /** Shape [loss]. */
  readonly masses: Float64Array;
  /** The probability of an infinite loss. */
  readonly infinite: number;
}

/** Losses in both directions of neighbouring data sets. */
export interface LossPair {
  /** With the person, against without: the noisy sum is drawn from the mixture. */
  readonly removal: GridLosses;
  /** Without the person, against with. */
  readonly addition: GridLosses;
}

/** So many standard deviations of the noise are looked at; the tail beyond, 1e-21, counts as an infinite loss. */
const REACH = 9.5;

/** The largest loss whose exponential is a Float64 with room to spare. */
const LARGEST_LOSS = 600;

/** A Gaussian mechanism on a Poisson sample; a rate of 1 is the Gaussian mechanism itself. */
export interface SampledGaussian {
  readonly rate: number;
  readonly noiseMultiplier: number;
}

/** The loss of outcome x, log(1 - q + q exp((2x - 1) / 2σ²)), and its inverse. */
function lossOf({ rate, noiseMultiplier }: SampledGaussian, x: number): number {
  const exponent = (2 * x - 1) / (2 * noiseMultiplier ** 2);
  return exponent > 0
    ? exponent + Math.log(rate + (1 - rate) * Math.exp(-exponent))
    : Math.log1p(rate * Math.expm1(exponent));
}

function outcomeOf({ rate, noiseMultiplier }: SampledGaussian, loss: number): number {
  const odds = (Math.expm1(loss) + rate) / rate;
  return odds > 0 ? noiseMultiplier ** 2 * Math.log(odds) + 0.5 : -Infinity;
}

/** The smallest and the largest loss within reach. */
export function lossRange(mechanism: SampledGaussian): { readonly smallest: number; readonly largest: number } {
  const { noiseMultiplier } = mechanism;
  return {
    smallest: lossOf(mechanism, -REACH * noiseMultiplier),
    largest: lossOf(mechanism, 1 + REACH * noiseMultiplier),
  };
}

/** Both distributions on the grid; undefined where losses are too large. */
export function gridLosses(mechanism: SampledGaussian, spacing: number): LossPair | undefined {
  const { smallest, largest } = lossRange(mechanism);
  const first = Math.floor(smallest / spacing);
  const last = Math.ceil(largest / spacing);
  if (largest > LARGEST_LOSS) {
    return undefined;
  }
  const removal = new Float64Array(last - first + 1);
  const addition = new Float64Array(last - first + 1);
  const share = -1 / Math.expm1(-spacing);
  const low = tailsAt(mechanism, outcomeOf(mechanism, first * spacing));
  let below = low;
  for (let index = first; index < last; index++) {
    const above = tailsAt(mechanism, outcomeOf(mechanism, (index + 1) * spacing));
    const { without, present } = between(below, above);
    const withPerson = (1 - mechanism.rate) * without + mechanism.rate * present;
    const place = index - first;
    const up = clamp((withPerson - without * Math.exp(index * spacing)) * share, withPerson);
    removal[place]! += withPerson - up;
    removal[place + 1]! += up;
    // In the other direction losses have the opposite sign, so the grid runs backwards.
    const back = clamp((without - withPerson * Math.exp(-(index + 1) * spacing)) * share, without);
    addition[last - index]! += back;
    addition[last - index - 1]! += without - back;
    below = above;
  }
  const high = below;
  const mixture = (without: number, present: number): number =>
    (1 - mechanism.rate) * without + mechanism.rate * present;
  // Losses beyond the lower end of either grid are rounded up to it.
  removal[0]! += mixture(low.withoutBelow, low.presentBelow);
  addition[0]! += high.withoutAbove;
  return {
    removal: { first, masses: removal, infinite: mixture(high.withoutAbove, high.presentAbove) },
    addition: { first: -last, masses: addition, infinite: low.withoutBelow },
  };
}

function clamp(part: number, whole: number): number {
  return Math.min(whole, Math.max(0, part));
}

/** Probabilities below and above an outcome, of N(0, σ²) without the person and of N(1, σ²) where it is in the sample. */
interface Tails {
  readonly withoutBelow: number;
  readonly withoutAbove: number;
  readonly presentBelow: number;
  readonly presentAbove: number;
}

function tailsAt({ noiseMultiplier }: SampledGaussian, outcome: number): Tails {
  const [withoutAbove, withoutBelow] = bothTails(outcome / noiseMultiplier);
  const [presentAbove, presentBelow] = bothTails((outcome - 1) / noiseMultiplier);
  return { withoutBelow, withoutAbove, presentBelow, presentAbove };
}

/** Probabilities above and below, the smaller one with all its digits. */
function bothTails(z: number): readonly [above: number, below: number] {
  const smaller = upperTail(Math.abs(z));
  return z < 0 ? [1 - smaller, smaller] : [smaller, 1 - smaller];
}

/** Probabilities between two outcomes, as differences of the smaller tails, which have more digits. */
function between(low: Tails, high: Tails): { readonly without: number; readonly present: number } {
  return {
    without: low.withoutAbove < 0.5 ? low.withoutAbove - high.withoutAbove : high.withoutBelow - low.withoutBelow,
    present: low.presentAbove < 0.5 ? low.presentAbove - high.presentAbove : high.presentBelow - low.presentBelow,
  };
}
