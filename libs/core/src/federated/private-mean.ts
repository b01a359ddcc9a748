/**
 * The mean of a round that is released with central differential privacy (DP-FedAvg: McMahan et al. 2018, arXiv
 * 1710.06963, algorithm 1): each update is clipped, noise is added to their sum, and a fixed number divides it.
 */

import { putRanges, type Range, takeRanges } from '../math/ranges.js';
import { clipToGrid } from '../privacy/clip.js';
import { fillDiscreteGaussian } from '../privacy/discrete-gaussian.js';
import type { RandomBytes } from '../privacy/random-integers.js';
import { GRID } from './exact-sum.js';
import type { Aggregator } from './strategy.js';

/** What of an update is released, and how much of it. */
export interface ReleasedUpdate {
  /** C: largest L2 norm of an update. */
  readonly clip: number;
  /** What learns in an update: the rest is neither counted nor released, and gets no noise. All of it if absent. */
  readonly released?: readonly Range[] | undefined;
}

export interface PrivateMean extends ReleasedUpdate {
  /** z: standard deviation of the noise on the sum, as a multiple of `clip`. */
  readonly noiseMultiplier: number;
  /** Number of updates by which the sum is divided, however many there are. */
  readonly expected: number;
}

/**
 * (Σ clipped updates + noise) / expected. One client moves the sum by a vector of norm `clip` at most, whatever it sends:
 * the weight that it claims does not count, and an update is clipped on the grid of the sum. The noise is discrete
 * Gaussian on that grid (Canonne, Kamath, Steinke 2020, arXiv 2004.00010), its standard deviation rounded up to a whole
 * number of steps. The state is the sum in steps of the grid, shape [parameter].
 *
 * @param fill - Fills arrays with secret random bytes: whoever knows them can take the noise off again
 */
export function privateMean(
  { clip, noiseMultiplier, expected, released }: PrivateMean,
  fill: RandomBytes,
): Aggregator<Float64Array> {
  const deviation = Math.ceil((noiseMultiplier * clip) / GRID);
  return {
    ...meanOfSteps(expected),
    accept: (sum, { delta }) => addSteps(sum, releasedSteps(delta, { clip, released })),
    finish: (sum) => meanOfSteps(expected).finish(addNoise(sum.slice(), { released, deviation }, fill)),
  };
}

/** Σ noisy updates / expected, of clients that have clipped their updates and added noise to them. */
export function noisyMean(expected: number): Aggregator<Float64Array> {
  return {
    ...meanOfSteps(expected),
    accept: (sum, { delta }) =>
      addSteps(
        sum,
        Float64Array.from(delta, (value) => Math.round(value / GRID)),
      ),
  };
}

/**
 * The same where one process plays the clients: each update gets the noise of its client when it comes.
 *
 * @param deviation - Of the noise of one client, in steps of the grid
 */
export function simulatedNoisyMean(
  { clip, expected, released, deviation }: Omit<PrivateMean, 'noiseMultiplier'> & { readonly deviation: number },
  fill: RandomBytes,
): Aggregator<Float64Array> {
  return {
    ...meanOfSteps(expected),
    accept: (sum, { delta }) =>
      addSteps(sum, addNoise(releasedSteps(delta, { clip, released }), { released, deviation }, fill)),
  };
}

/** Σ / expected, without noise of its own. */
function meanOfSteps(expected: number): Omit<Aggregator<Float64Array>, 'accept'> {
  return {
    name: 'private-mean',
    linear: true,
    minUpdates: 0,
    init: (size) => new Float64Array(size),
    addSum: addSteps,
    finish: (sum) => sum.map((steps) => (steps * GRID) / expected),
  };
}

/**
 * Adds discrete Gaussian noise to what is released, in place.
 *
 * @param deviation - The noise's standard deviation, in steps of the grid
 */
export function addNoise(
  steps: Float64Array,
  { released, deviation }: Pick<ReleasedUpdate, 'released'> & { readonly deviation: number },
  fill: RandomBytes,
): Float64Array {
  for (const { offset, size } of released ?? [{ offset: 0, size: steps.length }]) {
    const noise = new Float64Array(size);
    fillDiscreteGaussian(noise, deviation, fill);
    for (let place = 0; place < size; place++) {
      steps[offset + place]! += noise[place]!;
    }
  }
  return steps;
}

/** The clipped update in steps of the grid, with zeros for what is not released. */
export function releasedSteps(delta: Float32Array, { clip, released }: ReleasedUpdate): Float64Array {
  return clipToGrid(released ? only(released, delta) : delta, clip, GRID).steps;
}

function addSteps(sum: Float64Array, steps: Float64Array): Float64Array {
  for (let index = 0; index < sum.length; index++) {
    sum[index]! += steps[index]!;
  }
  return sum;
}

/** The numbers in the ranges, and zeros elsewhere. */
function only(ranges: readonly Range[], values: Float32Array): Float32Array {
  return putRanges(new Float32Array(values.length), ranges, takeRanges(values, ranges));
}
