/** Momentum at the server (FedAvgM: Hsu et al. 2019, arXiv 1909.06335, section 4.3). */

import type { ServerOptimizer } from './server-optimizer.js';

export interface MomentumSettings {
  readonly learningRate: number;
  /** β: share of the velocity that stays after a round. */
  readonly momentum: number;
}

/** v ← β v + Δ, θ ← θ + learningRate · v. The state is v, [parameter], zero before the first round. */
export function serverMomentum({ learningRate, momentum }: MomentumSettings): ServerOptimizer<Float64Array> {
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
