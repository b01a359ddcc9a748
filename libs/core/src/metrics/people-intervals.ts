/**
 * How far figures depend on who was tested: percentile intervals from resampling people with replacement, each with all
 * of their windows (cluster bootstrap; A. C. Davison and D. V. Hinkley, Bootstrap Methods, 1997, sections 3.8 and 5.3).
 * Windows of a person are alike, so resampling single windows would make the intervals far too narrow.
 */

import type { Rng } from '../math/random.js';
import type { Confusion } from './confusion.js';
import { classCountsOf, mainFiguresOf, type ClassCounts } from './main-figures.js';

/** A confidence interval of a figure. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Intervals of figures, from resamples of the test people. */
export interface PeopleIntervals {
  readonly kind: 'people';
  /** Share of the resamples whose figure lies within the interval. */
  readonly level: number;
  /** Number of test people. */
  readonly people: number;
  readonly resamples: number;
  readonly weightedF1: Interval;
  readonly macroF1: Interval;
  readonly accuracy: Interval;
}

/** Says that an evaluation has no intervals. */
export interface NoIntervals {
  readonly kind: 'none';
  /** Why there are none. */
  readonly reason: string;
}

export interface Resampling {
  /** Counts of windows, at least one for each person; shape [person][truth][prediction]. */
  readonly confusionOf: readonly Confusion[];
  readonly level: number;
  readonly resamples: number;
  readonly rng: Rng;
}

/**
 * Intervals of the main figures. A class that no drawn person did is left out of that resample's macro F1.
 *
 * @example
 * peopleIntervals({ confusionOf: [ann, ben, cyd], level: 0.95, resamples: 1000, rng: createRng(7) });
 */
export function peopleIntervals({ confusionOf, level, resamples, rng }: Resampling): PeopleIntervals | NoIntervals {
  const people = confusionOf.length;
  if (people < 2) {
    return { kind: 'none', reason: `intervals need at least 2 test people, found ${people}` };
  }
  const countsOf = confusionOf.map(classCountsOf);
  const drawn = Array.from({ length: resamples }, () => mainFiguresOf(drawPeople(countsOf, rng)));
  return {
    kind: 'people',
    level,
    people,
    resamples,
    weightedF1: percentileInterval(
      drawn.map(({ weightedF1 }) => weightedF1),
      level,
    ),
    macroF1: percentileInterval(
      drawn.map(({ macroF1 }) => macroF1),
      level,
    ),
    accuracy: percentileInterval(
      drawn.map(({ accuracy }) => accuracy),
      level,
    ),
  };
}

/** Sum of the counts of as many people as there are, drawn with replacement. */
function drawPeople(countsOf: readonly ClassCounts[], rng: Rng): ClassCounts {
  const drawn = new Float64Array(countsOf[0]!.length);
  countsOf.forEach(() => {
    const counts = countsOf[rng.integer(countsOf.length)]!;
    for (let place = 0; place < drawn.length; place++) {
      drawn[place]! += counts[place]!;
    }
  });
  return drawn;
}

/** The central interval that holds a share `level` of the figures of all resamples. */
export function percentileInterval(figures: readonly number[], level: number): Interval {
  const sorted = Float64Array.from(figures).sort();
  return { low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2) };
}

/** Quantile, interpolated linearly (definition 7 of R. J. Hyndman and Y. Fan, The American Statistician 50, 1996). */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (place - Math.floor(place)) * (above - below);
}
