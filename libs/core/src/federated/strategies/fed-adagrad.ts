/** FedAdagrad: Adagrad at the server (Reddi et al. 2021, arXiv 2003.00295, algorithm 2). */

import { z } from 'zod';
import { serverAdaptive, type AdaptiveSettings } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import { weightedMean } from '../weighted-means.js';
import type { StrategyKind } from './strategy-kind.js';

export interface FedAdagrad extends AdaptiveSettings {
  readonly kind: 'fed-adagrad';
}

/** v ← v + Δ². No first moment by default, as is usual for Adagrad. */
export const fedAdagrad: StrategyKind<FedAdagrad> = {
  kind: 'fed-adagrad',
  settings: z.strictObject({
    kind: z.literal('fed-adagrad'),
    learningRate: z.number().positive().default(0.01),
    beta1: z.number().min(0).lt(1).default(0).describe('Share of the first moment that stays after a round'),
    tau: z.number().positive().default(0.001).describe('Parameters whose changes are far below it move little'),
  }),
  strategy: (settings) =>
    composeStrategy(
      'fed-adagrad',
      weightedMean(),
      serverAdaptive('adagrad', settings, (before, squaredChange) => before + squaredChange),
    ),
};
