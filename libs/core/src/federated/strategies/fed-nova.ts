/** FedNova: clients that take more steps do not gain weight by it (Wang et al. 2020, arXiv 2007.07481). */

import { z } from 'zod';
import { normalisedMean } from '../weighted-means.js';
import { serverSgd } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import type { StrategyKind } from './strategy-kind.js';

export interface FedNova {
  readonly kind: 'fed-nova';
}

/**
 * The number of steps follows from a client's windows and the stage, so it is not sent and cannot be faked on its own.
 */
export const fedNova: StrategyKind<FedNova> = {
  kind: 'fed-nova',
  settings: z.strictObject({ kind: z.literal('fed-nova') }),
  strategy: (_, localSteps) => composeStrategy('fed-nova', normalisedMean(localSteps), serverSgd(1)),
};
