/** Where the sum of many privacy losses lies, but for a probability that nobody need care about. */

import type { GridLosses } from './loss-distribution.js';

/** Losses of one kind of release, and how often it happened. */
export interface Release {
  readonly losses: GridLosses;
  readonly count: number;
}

/** Indices of the grid, both included. */
export interface LossWindow {
  readonly first: number;
  readonly last: number;
}

/** Slopes of Chernoff's inequality that are tried, in standard deviations of the sum: from 2^-3 to 2^7. */
const slopes = Array.from({ length: 21 }, (_, index) => 2 ** (index / 2 - 3));

/**
 * The window outside which the sum of all losses lies with a probability of at most `outside` at either end, by
 * Chernoff's inequality: P(Σ ≥ t) ≤ E[exp(λ Σ)] / exp(λ t) for every λ above 0.
 */
export function lossWindow(releases: readonly Release[], outside: number): LossWindow {
  const deviation = Math.sqrt(releases.reduce((sum, { losses, count }) => sum + count * varianceOf(losses), 0));
  const reaches = (sign: 1 | -1): readonly number[] =>
    slopes.map((times) => {
      const slope = times / Math.max(deviation, 1);
      const logMoment = releases.reduce((sum, { losses, count }) => sum + count * logMomentOf(losses, sign * slope), 0);
      return (logMoment - Math.log(outside)) / slope;
    });
  return { first: Math.floor(-Math.min(...reaches(-1))), last: Math.ceil(Math.min(...reaches(1))) };
}

/** The variance of the finite losses, in multiples of the spacing. */
function varianceOf({ first, masses }: GridLosses): number {
  let [mean, square] = [0, 0];
  for (let place = 0; place < masses.length; place++) {
    const loss = first + place;
    mean += masses[place]! * loss;
    square += masses[place]! * loss * loss;
  }
  return Math.max(0, square - mean * mean);
}

/**
 * log E[exp(slope x index)] of the finite losses. The sum starts at the largest exponential, which is kept apart, and
 * goes down from there: what underflows is far below what has been added.
 */
function logMomentOf({ first, masses }: GridLosses, slope: number): number {
  const step = slope > 0 ? -1 : 1;
  const start = slope > 0 ? masses.findLastIndex((mass) => mass > 0) : masses.findIndex((mass) => mass > 0);
  const ratio = Math.exp(-Math.abs(slope));
  let [sum, factor] = [0, 1];
  for (let place = start; place >= 0 && place < masses.length && factor > 0; place += step) {
    sum += masses[place]! * factor;
    factor *= ratio;
  }
  return slope * (first + start) + Math.log(sum);
}
