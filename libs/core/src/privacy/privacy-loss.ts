/**
 * The privacy loss of a composition, tight: losses of independent releases add up, so their distribution is the
 * convolution of the distributions of the releases, computed by Fourier transforms (A. Koskela, J. Jälkö and A. Honkela
 * 2020, arXiv 1906.03049). Everything is rounded so that neither delta nor epsilon is ever too small:
 *
 * - The distributions of the releases dominate the true ones (`loss-distribution.ts`).
 * - The transform is circular: sums beyond its window come back in at the other end. The probability of that is added to
 *   delta.
 * - So is a bound of the rounding errors of the transform.
 */

import type { Composition } from './events.js';
import { convolved } from './loss-convolution.js';
import { gridLosses, lossRange, type GridLosses, type SampledGaussian } from './loss-distribution.js';
import { lossWindow, type LossWindow, type Release } from './loss-window.js';

/** What the spacing may add to epsilon, approximately. */
const TARGET_ERROR = 5e-4;

/** Number of points of the largest transform: a second of work. */
const LARGEST_TRANSFORM = 2 ** 20;

/** The bound for the probability of sums outside the window, at either end. */
const OUTSIDE = 1e-15;

/** A mechanism and how often it was used. */
interface Part {
  readonly mechanism: SampledGaussian;
  readonly count: number;
}

/** The privacy loss of a whole composition, in one direction of neighbouring data sets. */
export interface ComposedLosses extends GridLosses {
  readonly spacing: number;
}

/**
 * The loss with a person against without, and the other way round; undefined where losses are too large to be computed,
 * far beyond any use. Epsilon and delta must hold in both directions.
 */
export function privacyLossOf({ squaredSignal, sampled }: Composition): readonly ComposedLosses[] | undefined {
  const gaussian: Part = { mechanism: { rate: 1, noiseMultiplier: 1 / Math.sqrt(squaredSignal) }, count: 1 };
  const parts = [
    ...sampled.map(({ count, ...mechanism }) => ({ mechanism, count })),
    ...(squaredSignal > 0 ? [gaussian] : []),
  ];
  let spacing = spacingFor(parts);
  for (;;) {
    const losses = parts.map(({ mechanism }) => gridLosses(mechanism, spacing));
    if (losses.includes(undefined)) {
      return undefined;
    }
    const directions = (['removal', 'addition'] as const).map((direction) =>
      parts.map(({ count }, index): Release => ({ losses: losses[index]![direction], count })),
    );
    const windows = directions.map((releases) => lossWindow(releases, OUTSIDE));
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, ...windows.map(({ first, last }) => last - first + 1))));
    if (size <= LARGEST_TRANSFORM) {
      const sums = convolved(directions, size);
      return directions.map((releases, index) => ({
        spacing,
        ...composedLosses(releases, windows[index]!, sums[index]!),
      }));
    }
    spacing *= size / LARGEST_TRANSFORM;
  }
}

/**
 * A spacing h adds up to h²/12 to the mean and h²/6 to the variance of each loss. With S the standard deviation of the
 * sum of T losses, epsilon, some 5 S above the mean at small delta, then grows by T h²/12 (1 + 5/S).
 */
function spacingFor(parts: readonly Part[]): number {
  const releases = parts.reduce((sum, { count }) => sum + count, 0);
  const variance = parts.reduce((sum, { mechanism: { rate, noiseMultiplier }, count }) => {
    const signal = 1 / noiseMultiplier ** 2;
    return sum + count * Math.min(signal, rate ** 2 * Math.expm1(Math.min(signal, 4)));
  }, 0);
  const ranges = parts.map(({ mechanism }) => lossRange(mechanism)).map(({ smallest, largest }) => largest - smallest);
  const fine = Math.sqrt((12 * TARGET_ERROR) / (releases * (1 + 5 / Math.sqrt(variance))));
  return Math.max(fine, Math.max(...ranges) / LARGEST_TRANSFORM);
}

/** Puts a circular sum in order, from the first loss of the window on, and adds up what counts as an infinite loss. */
function composedLosses(releases: readonly Release[], { first }: LossWindow, sum: Float64Array): GridLosses {
  const size = sum.length;
  const start = first - Math.floor(first / size) * size;
  const masses = new Float64Array(size);
  masses.set(sum.subarray(start));
  masses.set(sum.subarray(0, start), size - start);
  const count = releases.reduce((total, release) => total + release.count, 0);
  const logFinite = releases.reduce((total, { losses, count }) => total + count * Math.log1p(-losses.infinite), 0);
  const rounding = count * Math.log2(size) * Number.EPSILON;
  return { first, masses, infinite: OUTSIDE + rounding - Math.expm1(logFinite) };
}

/** Delta at `epsilon`: the probability of an infinite loss + Σ (1 - exp(epsilon - loss)) over the larger losses. */
export function deltaOfLosses({ first, masses, infinite, spacing }: ComposedLosses, epsilon: number): number {
  let delta = infinite;
  const start = Math.max(0, Math.ceil(epsilon / spacing) - first);
  for (let place = start; place < masses.length; place++) {
    delta -= masses[place]! * Math.expm1(epsilon - (first + place) * spacing);
  }
  return Math.min(1, delta);
}

/**
 * The smallest epsilon of at least 0 at `delta`. Coming down from the largest loss, `above` is the probability of the
 * losses above a point and `discounted` the sum of their probabilities times exp(point - loss); the difference is delta
 * at the point. Where it first exceeds `delta`, the equation is solved for epsilon between this point and the last one.
 */
export function epsilonOfLosses({ first, masses, infinite, spacing }: ComposedLosses, delta: number): number {
  if (infinite > delta) {
    return Infinity;
  }
  const ratio = Math.exp(-spacing);
  let [above, discounted] = [0, 0];
  for (let place = masses.length - 1; place >= 0; place--) {
    const point = (first + place) * spacing;
    const excess = infinite + above - delta;
    if (excess > discounted) {
      return Math.max(0, point + Math.log(excess / discounted));
    }
    if (point < 0) {
      return 0;
    }
    above += masses[place]!;
    discounted = (discounted + masses[place]!) * ratio;
  }
  return Math.max(0, first * spacing);
}
