/**
 * What has been released about people, as data: each release through noise is an event, and a list of events is their
 * composition. Events say nothing of epsilon; `epsilonOf` and `deltaOf` interpret them.
 *
 * The noise multiplier is the standard deviation of the noise over the largest L2 norm that one person (or site: the
 * unit that is protected) adds to the released sum. Two data sets are neighbours if one has one unit more.
 */

import { InvalidInput, type Issue } from '../errors.js';
import { treeSensitivity } from './tree-sensitivity.js';

/** A sum over everybody with Gaussian noise, released `count` times. */
export interface GaussianEvent {
  readonly kind: 'gaussian';
  readonly noiseMultiplier: number;
  readonly count: number;
}

/** A sum over a Poisson sample, for which everybody is drawn independently with probability `rate`, `count` times. */
export interface SampledGaussianEvent {
  readonly kind: 'sampled-gaussian';
  readonly rate: number;
  readonly noiseMultiplier: number;
  readonly count: number;
}

/**
 * All running sums of `steps` steps, by a binary tree whose nodes have noise (tree aggregation, DP-FTRL: P. Kairouz et
 * al. 2021, arXiv 2103.00039), for `count` trees. Needs no sampling.
 */
export interface TreeEvent {
  readonly kind: 'tree';
  /** Standard deviation of the noise of each node over the norm of one participation. */
  readonly noiseMultiplier: number;
  readonly steps: number;
  /** In how many steps one unit may take part, at most. */
  readonly participations: number;
  /** How many steps lie from one of its participations to the next, at least: 1 if it may take part in each step. */
  readonly separation: number;
  readonly count: number;
}

/** A release through noise, or several equal ones. */
export type PrivacyEvent = GaussianEvent | SampledGaussianEvent | TreeEvent;

/** The part of a composition that is sampled: `count` sums over Poisson samples, with 0 < rate < 1. */
export type SampledPart = Omit<SampledGaussianEvent, 'kind'>;

/**
 * A composition in its simplest form. Gaussian mechanisms, and trees, which are Gaussian mechanisms on the vector of
 * their nodes, compose to one Gaussian mechanism, whose squared signal-to-noise ratios add up.
 */
export interface Composition {
  /** Σ (sensitivity / standard deviation)² over all that is not sampled. */
  readonly squaredSignal: number;
  /** What is sampled, each pair of rate and noise multiplier once. */
  readonly sampled: readonly SampledPart[];
}

/**
 * The simplest form of a list of events.
 *
 * @throws {InvalidInput} For rates outside 0 to 1, negative noise and counts that are no whole numbers.
 */
export function composed(events: readonly PrivacyEvent[]): Composition {
  const issues = events.flatMap(issuesOf);
  if (issues.length > 0) {
    throw new InvalidInput('privacy', issues);
  }
  const visible = events.filter((event) => event.count > 0 && !(event.kind === 'sampled-gaussian' && event.rate === 0));
  const sampled = new Map<string, SampledPart>();
  let squaredSignal = 0;
  for (const event of visible) {
    const { noiseMultiplier, count } = event;
    if (event.kind === 'sampled-gaussian' && event.rate < 1) {
      const { rate } = event;
      const key = `${rate} ${noiseMultiplier}`;
      sampled.set(key, { rate, noiseMultiplier, count: count + (sampled.get(key)?.count ?? 0) });
    } else {
      squaredSignal += (count * (event.kind === 'tree' ? treeSensitivity(event) : 1)) / noiseMultiplier ** 2;
    }
  }
  return { squaredSignal, sampled: [...sampled.values()] };
}

function issuesOf(event: PrivacyEvent, index: number): readonly Issue[] {
  const isCount = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;
  const { noiseMultiplier, count } = event;
  const checks: [name: string, value: number, isFine: boolean, expected: string][] = [
    ['noiseMultiplier', noiseMultiplier, noiseMultiplier >= 0, 'a number of at least 0'],
    ['count', count, isCount(count, 0), 'a whole number of at least 0'],
  ];
  if (event.kind === 'sampled-gaussian') {
    checks.push(['rate', event.rate, event.rate >= 0 && event.rate <= 1, 'a number from 0 to 1']);
  }
  if (event.kind === 'tree') {
    for (const name of ['steps', 'participations', 'separation'] as const) {
      checks.push([name, event[name], isCount(event[name], 1), 'a whole number of at least 1']);
    }
  }
  return checks
    .filter(([, , isFine]) => !isFine)
    .map(([name, value, , expected]) => ({
      path: `events[${index}].${name}`,
      message: `expected ${expected}, got ${value}`,
    }));
}
