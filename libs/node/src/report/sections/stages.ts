/** The stages of a run and its stored models, with digests that show whether two runs are identical. */

import type { Digest } from '@gaitway/core/internal';
import type { ResultSoFar } from '../../run/result-so-far.js';
import { count, duration } from '../format.js';
import { markup, type Markup, nothing } from '../markup.js';
import { section } from '../page.js';
import { table } from '../table.js';

/** The stages of the run, and how long each took. */
export function stagesSection({ stages, model }: ResultSoFar): Markup {
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
  ${model ? markup`<p class="note">Final model: <code>${model.path}</code>, SHA-256 of the file <code>${model.sha256}</code></p>` : nothing}`,
  );
}

export interface StoredModel {
  readonly name: string;
  /** Path in the run's folder. */
  readonly path: string;
  readonly parametersSha256: Digest;
}

/** No markup where the run stored no model. */
export function modelsSection(models: readonly StoredModel[]): Markup {
  return models.length === 0
    ? nothing
    : section(
        'Models',
        table({
          caption: 'Equal digests mean equal parameters, bit for bit.',
          columns: [
            { heading: 'Model', kind: 'text' },
            { heading: 'File', kind: 'text' },
            { heading: 'SHA-256 of the parameters', kind: 'digest' },
          ],
          rows: models.map(({ name, path, parametersSha256 }) => [name, path, parametersSha256]),
        }),
      );
}
