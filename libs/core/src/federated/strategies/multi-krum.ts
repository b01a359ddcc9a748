/** Multi-Krum: the mean of several updates with low scores (Blanchard et al. 2017, arXiv 1703.02757, section 5). */

import { z } from 'zod';
import { fromAllUpdates } from '../all-updates.js';
import { krumRanking, squaredDistances } from '../krum-ranking.js';
import { serverSgd } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import { minUpdatesOfKrum } from './krum.js';
import type { StrategyKind } from './strategy-kind.js';

export interface MultiKrum {
  readonly kind: 'multi-krum';
  /** f: number of clients that may send arbitrary updates. */
  readonly byzantine: number;
  /** m, the number of updates in the mean; `most` is n - f - 2, the number of neighbours in a score. */
  readonly selected: 'most' | number;
}

/** The plain mean of the m updates with the lowest scores of Krum. Needs n >= 2 f + 3 and n >= m + f updates. */
export const multiKrum: StrategyKind<MultiKrum> = {
  kind: 'multi-krum',
  settings: z.strictObject({
    kind: z.literal('multi-krum'),
    byzantine: z.int().min(1).default(1).describe('So many clients may send anything'),
    selected: z
      .union([z.literal('most'), z.int().min(1)])
      .default('most')
      .describe('How many updates the mean is of; most: all but byzantine + 2'),
  }),
  strategy: ({ byzantine, selected }) =>
    composeStrategy(
      'multi-krum',
      fromAllUpdates({
        name: 'multi-krum',
        minUpdates: Math.max(minUpdatesOfKrum(byzantine), selected === 'most' ? 0 : selected + byzantine),
        aggregate: (deltas) => {
          const ranking = krumRanking(squaredDistances(deltas), [...deltas.keys()], byzantine);
          const count = selected === 'most' ? deltas.length - byzantine - 2 : selected;
          return meanOf(ranking.slice(0, count).map((place) => deltas[place]!));
        },
      }),
      serverSgd(1),
    ),
};

function meanOf(deltas: readonly Float32Array[]): Float64Array {
  return new Float64Array(deltas[0]!.length).map(
    (_, parameter) => deltas.reduce((sum, delta) => sum + delta[parameter]!, 0) / deltas.length,
  );
}
