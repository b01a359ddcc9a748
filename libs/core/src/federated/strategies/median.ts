/** The coordinate-wise median (Yin et al. 2018, arXiv 1803.01498, definition 1). */

import { z } from 'zod';
import { fromAllUpdates, medianOf, perCoordinate } from '../all-updates.js';
import { serverSgd } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import type { StrategyKind } from './strategy-kind.js';

export interface Median {
  readonly kind: 'median';
}

/** The median of fewer than three values is their mean. */
export const LEAST_OF_MEDIAN = 3;

/** Each parameter changes by the median of the clients' changes; robust to just under half of the clients. */
export const median: StrategyKind<Median> = {
  kind: 'median',
  settings: z.strictObject({ kind: z.literal('median') }),
  strategy: () =>
    composeStrategy(
      'median',
      fromAllUpdates({
        name: 'median',
        minUpdates: LEAST_OF_MEDIAN,
        aggregate: (deltas) => perCoordinate(deltas, medianOf),
      }),
      serverSgd(1),
    ),
};
