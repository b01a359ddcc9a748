/** How much better one model is than another on the same people, with intervals by people, and how that is written. */

import { createRng } from '@gaitway/core';
import { pairedDifference, type PairedDifference, type PairedEstimate, type PairedTest } from '@gaitway/core/metrics';
import { alignedRows, NO_FIGURE, signed } from './format.js';

const LEVEL = 0.95;
const RESAMPLES = 2000;
/** All comparisons resample the same people. */
const SEED = 1;

/** Whose windows models are compared on. */
export type ComparedPeople = 'test' | 'clients';

/** The difference over all tests; undefined where nobody is in both figures of any of them. */
export function differenceOn(who: ComparedPeople, tests: readonly PairedTest[]): PairedDifference | undefined {
  const rng = createRng(SEED).fork('resamples', who);
  return pairedDifference({ tests, level: LEVEL, resamples: RESAMPLES, rng });
}

/** Text such as `+0.031 [+0.012, +0.050]`; a dash where there is no such comparison. */
export function differenceText(found: PairedDifference | undefined): string {
  return found ? estimateText(found.difference, signed) : NO_FIGURE;
}

/** Text such as `23% [5%, 40%]`; negative where errors were added. */
export function errorRemovedText(found: PairedDifference | undefined): string {
  return found ? estimateText(found.errorRemoved, percent) : NO_FIGURE;
}

/** What is compared with what, on test people and on those of the clients. */
export interface NamedDifference {
  readonly name: string;
  readonly test: PairedDifference | undefined;
  readonly clients: PairedDifference | undefined;
}

/** Differences as a table for the terminal. The columns of clients' people are there where one of them has a figure. */
export function differenceLines(differences: readonly NamedDifference[]): readonly string[] {
  const onClients = differences.some(({ clients }) => clients);
  const rows = differences.map(({ name, test, clients }) => [
    name,
    differenceText(test),
    errorRemovedText(test),
    ...(onClients ? [differenceText(clients), errorRemovedText(clients)] : []),
  ]);
  const heading = ['', 'test people', 'error removed', ...(onClients ? ["clients' people", 'error removed'] : [])];
  return [
    ...alignedRows([heading, ...rows]),
    '',
    'differences of weighted F1, and the share of the error (1 - weighted F1) that is gone; 95% intervals by resampling people',
  ];
}

function estimateText({ value, interval }: PairedEstimate, textOf: (figure: number) => string): string {
  if (value === null) {
    return NO_FIGURE;
  }
  return interval ? `${textOf(value)} [${textOf(interval.low)}, ${textOf(interval.high)}]` : textOf(value);
}

function percent(part: number): string {
  return `${Math.round(100 * part)}%`.replace('-', '\u2212');
}
