/** Describes the intervals of an experiment in words. */

import type { IntervalSource } from './means.js';

const notes: Readonly<Record<IntervalSource, string>> = {
  people: 'intervals by resampling the test people, their mean over the cells',
  cells: 'intervals from the lowest cell to the highest',
};

export function intervalNote(source: IntervalSource): string {
  return notes[source];
}
