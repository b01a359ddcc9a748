/**
 * How much better one model is than another, over several tests in which both predicted the windows of the same people.
 * Intervals come from resampling people with replacement, each with all of their tests and windows (cluster bootstrap;
 * A. C. Davison and D. V. Hinkley, Bootstrap Methods, 1997, sections 3.8 and 5.3).
 */

import type { Rng } from '../math/random.js';
import { inNaturalOrder } from '../natural-order.js';
import type { PersonFigures } from './confusion.js';
import { classCountsOf, mainFiguresOf, type ClassCounts } from './main-figures.js';
import { percentileInterval, type Interval } from './people-intervals.js';

/** Figures of two models in one test. */
export interface PairedTest {
  readonly method: readonly PersonFigures[];
  readonly against: readonly PersonFigures[];
}

export interface PairedResampling {
  readonly tests: readonly PairedTest[];
  readonly level: number;
  readonly resamples: number;
  readonly rng: Rng;
}

/** A figure and the extent to which it depends on who was tested. */
export interface PairedEstimate {
  /** `null` where the figure is undefined. */
  readonly value: number | null;
  /** Absent with a single person, and where the figure is undefined in any resample. */
  readonly interval?: Interval;
}

/** How much better one model is than another on the same people, with intervals by people. */
export interface PairedDifference {
  /** Number of tests with at least one person whom both models were tested on. */
  readonly tests: number;
  /** Number of different people in these tests. */
  readonly people: number;
  /** Mean over the tests of the weighted F1 of `method` less that of `against`. */
  readonly difference: PairedEstimate;
  /**
   * Share of the error of `against` that `method` removes, error being 1 - weighted F1: 1 - Σ error(method) /
   * Σ error(against), the sums over the tests. `null` where `against` makes no error.
   */
  readonly errorRemoved: PairedEstimate;
}

/**
 * The difference of two models on the people whom both were tested on; undefined where there are none. In a resample a
 * person who was drawn k times counts k times in each of their tests; a test none of whose people was drawn is left
 * out.
 *
 * @example
 * pairedDifference({ tests: [{ method: final.people, against: forest.people }], level: 0.95, resamples: 2000, rng });
 */
export function pairedDifference({ tests, level, resamples, rng }: PairedResampling): PairedDifference | undefined {
  const shared = tests.map(sharedPeople).filter(({ length }) => length > 0);
  const people = inNaturalOrder([...new Set(shared.flat().map(({ name }) => name))]);
  if (people.length === 0) {
    return undefined;
  }
  const drawn =
    people.length > 1 ? Array.from({ length: resamples }, () => scoresOf(shared, drawPeople(people, rng))) : [];
  const whole = scoresOf(shared, new Map(people.map((name) => [name, 1])));
  const estimate = (of: (scores: Scores) => number | null): PairedEstimate => {
    const values = drawn.map(of).filter((value) => value !== null);
    const exists = values.length > 0 && values.length === drawn.length;
    return { value: of(whole), ...(exists && { interval: percentileInterval(values, level) }) };
  };
  return {
    tests: shared.length,
    people: people.length,
    difference: estimate(differenceOf),
    errorRemoved: estimate(errorRemovedOf),
  };
}

/** Counts of both models for a person in one test. */
interface SharedPerson {
  readonly name: string;
  readonly method: ClassCounts;
  readonly against: ClassCounts;
}

function sharedPeople({ method, against }: PairedTest): readonly SharedPerson[] {
  return method.flatMap(({ name, confusion }) => {
    const other = against.find((person) => person.name === name);
    return other ? [{ name, method: classCountsOf(confusion), against: classCountsOf(other.confusion) }] : [];
  });
}

/** Number of times that each person was drawn. */
type Draws = ReadonlyMap<string, number>;

function drawPeople(people: readonly string[], rng: Rng): Draws {
  const draws = new Map<string, number>();
  people.forEach(() => {
    const name = people[rng.integer(people.length)]!;
    draws.set(name, (draws.get(name) ?? 0) + 1);
  });
  return draws;
}

/** Weighted F1 of each model, summed over the tests of which at least one person was drawn. */
interface Scores {
  readonly tests: number;
  readonly method: number;
  readonly against: number;
}

function scoresOf(tests: readonly (readonly SharedPerson[])[], draws: Draws): Scores {
  let [count, method, against] = [0, 0, 0];
  for (const people of tests) {
    const present = people.filter(({ name }) => draws.has(name));
    if (present.length > 0) {
      count++;
      method += weightedF1Of(present, 'method', draws);
      against += weightedF1Of(present, 'against', draws);
    }
  }
  return { tests: count, method, against };
}

function weightedF1Of(people: readonly SharedPerson[], model: 'method' | 'against', draws: Draws): number {
  const sum = new Float64Array(people[0]![model].length);
  for (const person of people) {
    const times = draws.get(person.name)!;
    for (let place = 0; place < sum.length; place++) {
      sum[place]! += times * person[model][place]!;
    }
  }
  return mainFiguresOf(sum).weightedF1;
}

function differenceOf({ tests, method, against }: Scores): number {
  return (method - against) / tests;
}

function errorRemovedOf({ tests, method, against }: Scores): number | null {
  return against === tests ? null : 1 - (tests - method) / (tests - against);
}
