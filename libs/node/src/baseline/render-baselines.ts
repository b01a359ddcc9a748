/** Formats a comparison of baselines for the terminal. */

import { alignedRows } from '../report/aligned-rows.js';
import { baselineFigures } from '../report/baselines.js';
import { estimateOf, intervalNote } from '../report/figures.js';
import { count, counted } from '../report/format.js';
import type { BaselineComparison } from './compare-baselines.js';
import type { TimedBaseline } from './run-baselines.js';

/** The text, without a final line break. */
export function renderBaselines(comparison: BaselineComparison): string {
  const { windows, baselines, skipped, everybodyLabelled } = comparison;
  const heading = ['Method', ...baselineFigures.map(({ name }) => name), 'Seconds'];
  const ceiling = everybodyLabelled
    ? [{ ...everybodyLabelled, name: `${everybodyLabelled.name}, everybody labelled` }]
    : [];
  const notes = [
    `Learned from ${counted(windows.labelled, 'labelled window')}, tested on ${counted(windows.test, 'test window')}.`,
    ...(baselines[0] ? [intervalNote(baselines[0].evaluation)] : []),
    ...(skipped.length > 0 ? [`Without ${skipped.join(', ')}: they need three channels, the axes of a sensor.`] : []),
    everybodyLabelled
      ? `Everybody labelled: ${counted(everybodyLabelled.windows, 'window')} of ${count(everybodyLabelled.people)} people, for the method with the highest weighted F1.`
      : 'Everybody labelled: left out, as only the labelled people have labels.',
  ];
  return [...alignedRows([heading, ...[...baselines, ...ceiling].map(rowOf)]), '', ...notes].join('\n');
}

function rowOf({ name, evaluation, seconds }: TimedBaseline): readonly string[] {
  return [name, ...baselineFigures.map((figure) => estimateOf(figure, evaluation)), seconds.toFixed(1)];
}
