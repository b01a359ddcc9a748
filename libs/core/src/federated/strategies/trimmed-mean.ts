/** The coordinate-wise trimmed mean (Yin et al. 2018, arXiv 1803.01498, definition 2). */

import { z } from 'zod';
import { fromAllUpdates, meanOfRange, perCoordinate } from '../all-updates.js';
import { serverSgd } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import type { StrategyKind } from './strategy-kind.js';

export interface TrimmedMean {
  readonly kind: 'trimmed-mean';
  /** β: the fraction of a parameter's values that is left out at each end. */
  readonly share: number;
}

/** Tolerance for rounding when the product of a share and a number of clients should be an integer. */
const TOLERANCE = 1e-9;

/** Each parameter changes by the mean of the clients' changes without the floor(β n) largest and smallest ones. */
export const trimmedMean: StrategyKind<TrimmedMean> = {
  kind: 'trimmed-mean',
  settings: z.strictObject({
    kind: z.literal('trimmed-mean'),
    share: z.number().gt(0).lt(0.5).default(0.2).describe('Of the values of a parameter, left out on each side'),
  }),
  strategy: ({ share }) =>
    composeStrategy(
      'trimmed-mean',
      fromAllUpdates({
        name: 'trimmed-mean',
        // With fewer updates it would leave nothing out.
        minUpdates: Math.max(3, Math.ceil(1 / share - TOLERANCE)),
        aggregate: (deltas) => {
          const trimmed = trimmedPerSide(share, deltas.length);
          return perCoordinate(deltas, (sorted) => meanOfRange(sorted, trimmed, sorted.length - trimmed));
        },
      }),
      serverSgd(1),
    ),
};

/** Leaves at least one value. */
function trimmedPerSide(share: number, count: number): number {
  return Math.min(Math.floor(share * count + TOLERANCE), (count - 1) >> 1);
}
