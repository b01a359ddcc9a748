/** A run's stored models, with digests that show whether two runs are identical. */

import type { Digest } from '@gaitway/core';
import { nothing, type Markup } from '../markup.js';
import { section } from '../section.js';
import { table } from '../table.js';

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
