/** Formats comparisons of methods for the terminal and the page. */

import type { PairedDifference, PairedEstimate } from '@gaitway/core';
import { NO_FIGURE, signed } from '../../report/format.js';

/** Text such as `+0.031 [+0.012, +0.050]`; a dash where there is no such comparison. */
export function differenceText(found: PairedDifference | undefined): string {
  return found ? estimateText(found.difference, signed) : NO_FIGURE;
}

/** Text such as `23% [5%, 40%]`; negative where errors were added. */
export function errorRemovedText(found: PairedDifference | undefined): string {
  return found ? estimateText(found.errorRemoved, percent) : NO_FIGURE;
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
