/** The stages of the run: how long each took, with digests that show whether two runs are identical. */

import type { RunResult } from '../../run/run-result.js';
import { count, duration } from '../format.js';
import { markup, type Markup } from '../markup.js';
import { section } from '../section.js';
import { table } from '../table.js';

export function stagesSection({ stages, model }: RunResult): Markup {
  const stageTable = table({
    caption: 'Equal digests mean equal parameters, bit for bit.',
    columns: [
      { heading: 'Stage', kind: 'text' },
      { heading: 'Where', kind: 'text' },
      { heading: 'Rounds', kind: 'number' },
      { heading: 'Time', kind: 'number' },
      { heading: 'SHA-256 of the parameters', kind: 'digest' },
    ],
    rows: stages.map(({ name, where, rounds, seconds, parametersSha256 }) => [
      name,
      where,
      count(rounds),
      duration(seconds),
      parametersSha256,
    ]),
  });
  return section(
    'Stages',
    markup`${stageTable}
  <p class="note">Final model: <code>${model.path}</code>, SHA-256 of the file <code>${model.sha256}</code></p>`,
  );
}
