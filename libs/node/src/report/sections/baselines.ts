/** A comparison of teacher and final model with classical methods that learned from the same labels. */

import { skippedBaselines } from '@gaitway/core';
import type { Run } from '../../run/read-run.js';
import { baselineFigures } from '../baselines.js';
import { columnsOf, type Comparison } from '../comparison.js';
import { estimateOf, intervalNote } from '../figures.js';
import { nothing, type Markup } from '../markup.js';
import { section } from '../section.js';
import { table } from '../table.js';

/** No markup where no baseline ran. */
export function baselinesSection({ study, result }: Run, comparison: Comparison): Markup {
  const { baselines = [] } = result;
  if (baselines.length === 0) {
    return nothing;
  }
  const models = columnsOf(comparison).map(({ heading, evaluation }) => ({ name: heading, evaluation }));
  const skipped = skippedBaselines({ channels: study.sensors.channels.length });
  const missing =
    skipped.length > 0 ? ` Without ${skipped.join(', ')}: they need three channels, the axes of a sensor.` : '';
  return section(
    'Baselines',
    table({
      caption: `Classical methods that learned from the labelled windows alone, on the same test windows. ${intervalNote(comparison.final.evaluation)}${missing}`,
      columns: [
        { heading: 'Method', kind: 'text' },
        ...baselineFigures.map(({ name }) => ({ heading: name, kind: 'estimate' as const })),
      ],
      rows: [...models, ...baselines].map(({ name, evaluation }) => [
        name,
        ...baselineFigures.map((figure) => estimateOf(figure, evaluation)),
      ]),
    }),
  );
}
