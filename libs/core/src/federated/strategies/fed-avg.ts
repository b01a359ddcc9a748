/** Federated averaging (McMahan et al. 2017, arXiv 1602.05629, algorithm 1). */

import { z } from 'zod';
import { serverSgd } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import { weightedMean } from '../weighted-means.js';
import type { StrategyKind } from './strategy-kind.js';

export interface FedAvg {
  readonly kind: 'fed-avg';
}

export const fedAvg: StrategyKind<FedAvg> = {
  kind: 'fed-avg',
  settings: z.strictObject({ kind: z.literal('fed-avg') }),
  strategy: () => composeStrategy('fed-avg', weightedMean(), serverSgd(1)),
};
