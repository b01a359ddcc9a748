/** FedProx: clients stay near the global parameters (Li et al. 2020, arXiv 1812.06127, algorithm 2). */

import { z } from 'zod';
import { serverSgd } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import { weightedMean } from '../weighted-means.js';
import type { StrategyKind } from './strategy-kind.js';

export interface FedProx {
  readonly kind: 'fed-prox';
  /** μ: strength of the pull towards the global parameters. */
  readonly mu: number;
}

/** The server does what FedAvg does; each client adds μ / 2 ||w - w_global||² to its loss. */
export const fedProx: StrategyKind<FedProx> = {
  kind: 'fed-prox',
  settings: z.strictObject({
    kind: z.literal('fed-prox'),
    mu: z.number().positive().default(0.01).describe('How strongly clients are held near the global parameters'),
  }),
  strategy: () => composeStrategy('fed-prox', weightedMean(), serverSgd(1)),
  client: ({ mu }) => ({ proximalMu: mu }),
};
