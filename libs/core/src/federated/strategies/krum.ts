/** Krum: the single update that is nearest to its neighbours (Blanchard et al. 2017, arXiv 1703.02757, section 4). */

import { z } from 'zod';
import { fromAllUpdates } from '../all-updates.js';
import { krumRanking, squaredDistances } from '../krum-ranking.js';
import { serverSgd } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import type { StrategyKind } from './strategy-kind.js';

export interface Krum {
  readonly kind: 'krum';
  /** f: number of clients that may send arbitrary updates. */
  readonly byzantine: number;
}

/** The global parameters become those of the client whose score is the lowest. Needs n >= 2 f + 3 updates. */
export const krum: StrategyKind<Krum> = {
  kind: 'krum',
  settings: z.strictObject({
    kind: z.literal('krum'),
    byzantine: z.int().min(1).default(1).describe('So many clients may send anything'),
  }),
  strategy: ({ byzantine }) =>
    composeStrategy(
      'krum',
      fromAllUpdates({
        name: 'krum',
        minUpdates: minUpdatesOfKrum(byzantine),
        aggregate: (deltas) => {
          const [best] = krumRanking(squaredDistances(deltas), [...deltas.keys()], byzantine);
          return Float64Array.from(deltas[best!]!);
        },
      }),
      serverSgd(1),
    ),
};

/** The smallest n with 2 f + 2 < n. */
export function minUpdatesOfKrum(byzantine: number): number {
  return 2 * byzantine + 3;
}
