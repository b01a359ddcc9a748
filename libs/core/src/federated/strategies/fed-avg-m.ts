/** FedAvgM: federated averaging with momentum at the server (Hsu et al. 2019, arXiv 1909.06335, section 4.3). */

import { z } from 'zod';
import { serverMomentum, type MomentumSettings } from '../server-momentum.js';
import { composeStrategy } from '../strategy.js';
import { weightedMean } from '../weighted-mean.js';
import type { StrategyKind } from './strategy-kind.js';

export interface FedAvgM extends MomentumSettings {
  readonly kind: 'fed-avg-m';
}

export const fedAvgM: StrategyKind<FedAvgM> = {
  kind: 'fed-avg-m',
  settings: z.strictObject({
    kind: z.literal('fed-avg-m'),
    learningRate: z.number().positive().default(1),
    momentum: z.number().min(0).lt(1).default(0.9).describe('Share of the velocity that stays after a round'),
  }),
  strategy: (settings) => composeStrategy('fed-avg-m', weightedMean(), serverMomentum(settings)),
};
