/** Bulyan: a trimmed mean of updates that Krum selects (El Mhamdi et al. 2018, arXiv 1802.07927, section 4). */

import { z } from 'zod';
import { fromAllUpdates, meanOfRange, perCoordinate } from '../all-updates.js';
import { krumRanking, squaredDistances } from '../krum-ranking.js';
import { serverSgd } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import type { StrategyKind } from './strategy-kind.js';

export interface Bulyan {
  readonly kind: 'bulyan';
  /** f: number of clients that may send arbitrary updates. */
  readonly byzantine: number;
}

/**
 * Selects θ = n - 2 f updates with Krum, one after the other, each among those that are left. Then each parameter
 * changes by the mean of the θ - 2 f selected values that are nearest to their median. Needs n >= 4 f + 3 updates.
 *
 * Towards the end fewer updates are left than Krum requires; a score then uses one neighbour. The guarantee of the
 * second step does not depend on the selection, because at most f of the θ updates are hostile.
 */
export const bulyan: StrategyKind<Bulyan> = {
  kind: 'bulyan',
  settings: z.strictObject({
    kind: z.literal('bulyan'),
    byzantine: z.int().min(1).default(1).describe('So many clients may send anything'),
  }),
  strategy: ({ byzantine }) =>
    composeStrategy(
      'bulyan',
      fromAllUpdates({
        name: 'bulyan',
        minUpdates: 4 * byzantine + 3,
        aggregate: (deltas) => {
          const selected = selectedByKrum(deltas, byzantine).map((place) => deltas[place]!);
          const count = selected.length - 2 * byzantine;
          return perCoordinate(selected, (sorted) => meanAroundMedian(sorted, count));
        },
      }),
      serverSgd(1),
    ),
};

/** Indices of the θ selected updates. */
function selectedByKrum(deltas: readonly Float32Array[], byzantine: number): readonly number[] {
  const distances = squaredDistances(deltas);
  let left: readonly number[] = [...deltas.keys()];
  const selected: number[] = [];
  while (selected.length < deltas.length - 2 * byzantine) {
    const [best] = krumRanking(distances, left, byzantine);
    selected.push(best!);
    left = left.filter((place) => place !== best);
  }
  return selected;
}

/**
 * The mean of the `count` values nearest to the median, preferring the smaller of two equally near values. The median
 * is one of the values, as in the paper: for an even number of values the lower of the two in the middle.
 */
function meanAroundMedian(sorted: Float32Array, count: number): number {
  const middle = sorted[(sorted.length - 1) >> 1]!;
  let start = 0;
  // The nearest values are adjacent: move on as long as the next value is nearer than the first.
  while (start + count < sorted.length && sorted[start + count]! - middle < middle - sorted[start]!) {
    start++;
  }
  return meanOfRange(sorted, start, start + count);
}
