/** How the rows of a file are timed, and whether their times can be those of a recording. */

import { InvalidInput } from '../../errors.js';
import { cellError, type ColumnName } from './csv-columns.js';
import { type Duplicates, evenedTimes, type TimedSamples, whyNotInOrder } from './evened-times.js';

/** A column of time stamps. */
interface ColumnClock {
  /** For messages. */
  readonly column: ColumnName;
  /** What to do with samples that have the same time; `refuse` if absent. */
  readonly duplicates?: Duplicates;
  /** Whether rows are put into the order of their times. */
  readonly sort?: boolean;
}

/** How the samples of a file are timed: at an even rate, or by a column of time stamps. */
export type FileClock = { readonly rateHz: number } | ColumnClock;

/**
 * Passes when a row is later than the one before, as far as the clock demands it.
 *
 * @param before - The time of the row before, in seconds
 * @throws InvalidInput naming the cell and, where a manifest can say how to read such rows, the key
 */
export function requireLater(
  { source, clock }: { readonly source: string; readonly clock: FileClock },
  { line, seconds }: { readonly line: number; readonly seconds: number | undefined },
  before: number,
): void {
  if (seconds === undefined || isFree(clock)) {
    return;
  }
  const isRefused = (clock.duplicates ?? 'refuse') === 'refuse';
  if (isRefused ? seconds > before : seconds >= before) {
    return;
  }
  const found = seconds === before ? 'the same time again' : `a step back by ${before - seconds} s`;
  const message = `expected a later time than in the row before, found ${found}${adviceOn(clock, seconds === before)}`;
  throw cellError(source, line, clock.column, message);
}

/** Whether rows may come in any order. */
function isFree(clock: FileClock): clock is { readonly rateHz: number } {
  return 'rateHz' in clock || clock.sort === true;
}

/** Only a manifest can say how to read such files. */
function adviceOn(clock: ColumnClock, isSame: boolean): string {
  if (clock.duplicates === undefined) {
    return '';
  }
  const key = isSame ? 'duplicates: first, mean or spread' : 'unordered: sort';
  return ` (to read such rows, write ${key} in gaitway.yaml)`;
}

/** Rows in the order of their times, as far as the clock allows it; equal times are seen once they are in order. */
export function evened(written: TimedSamples, clock: ColumnClock, source: string): TimedSamples {
  const why = clock.sort ? whyNotInOrder(written.seconds) : undefined;
  const even = evenedTimes(written, clock);
  const same = even.seconds.findIndex((time, index) => time === even.seconds[index - 1]);
  const found = why ?? (same === -1 ? undefined : `two rows at ${even.seconds[same] ?? 0} s${adviceOn(clock, true)}`);
  if (found !== undefined) {
    const expected = 'expected rows that can be put into the order of their times';
    throw new InvalidInput(source, [{ path: `column "${clock.column}"`, message: `${expected}, found ${found}` }]);
  }
  return even;
}
