/** FedNova: clients that take more steps do not pull more (Wang et al. 2020, arXiv 2007.07481). */

import { z } from 'zod';
import { normalisedMean } from '../normalised-mean.js';
import { serverSgd } from '../server-sgd.js';
import { composeStrategy } from '../strategy.js';
import type { StrategyKind } from './strategy-kind.js';

export interface FedNova {
  readonly kind: 'fed-nova';
}

/** Steps follow from a client's windows and the stage, so nothing more travels and nobody can claim others. */
export const fedNova: StrategyKind<FedNova> = {
  kind: 'fed-nova',
  settings: z.strictObject({ kind: z.literal('fed-nova') }),
  strategy: (_, localSteps) => composeStrategy('fed-nova', normalisedMean(localSteps), serverSgd(1)),
};
