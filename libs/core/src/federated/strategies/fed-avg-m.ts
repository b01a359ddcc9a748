/** FedAvgM: federated averaging with momentum at the server (Hsu et al. 2019, arXiv 1909.06335, section 4.3). */

import { z } from 'zod';
import { type ServerOptimizer, composeStrategy } from '../strategy.js';
import { weightedMean } from '../weighted-means.js';
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

interface MomentumSettings {
  readonly learningRate: number;
  /** β: share of the velocity that is kept after a round. */
  readonly momentum: number;
}

/** v ← β v + Δ, θ ← θ + learningRate · v. The state is v, shape [parameter], zero before the first round. */
function serverMomentum({ learningRate, momentum }: MomentumSettings): ServerOptimizer<Float64Array> {
  return {
    name: 'momentum',
    init: (size) => new Float64Array(size),
    step: (before, parameters, delta) => {
      const velocity = before.map((value, index) => momentum * value + delta[index]!);
      return {
        state: velocity,
        parameters: parameters.map((value, index) => value + learningRate * velocity[index]!),
      };
    },
  };
}
