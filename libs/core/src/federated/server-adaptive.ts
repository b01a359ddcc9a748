/** The adaptive step at the server (Reddi et al. 2021, arXiv 2003.00295, algorithm 2). */

import type { ServerOptimizer } from './server-optimizer.js';

export interface AdaptiveSettings {
  /** η */
  readonly learningRate: number;
  /** β₁: share of the first moment that is kept after a round. */
  readonly beta1: number;
  /** τ: parameters whose changes are far below it move little. */
  readonly tau: number;
}

/** Both of shape [parameter]. */
export interface Moments {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** What distinguishes the three methods: vₜ as a function of vₜ₋₁ and Δₜ². */
export type SecondMoment = (before: number, squaredChange: number) => number;

/**
 * m ← β₁ m + (1 - β₁) Δ, v by `secondMoment`, θ ← θ + η m / (√v + τ). They begin at m = 0 and v = τ²; as in the paper
 * there is no bias correction as in Adam.
 */
export function serverAdaptive(
  name: string,
  { learningRate, beta1, tau }: AdaptiveSettings,
  secondMoment: SecondMoment,
): ServerOptimizer<Moments> {
  return {
    name,
    init: (size) => ({ first: new Float64Array(size), second: new Float64Array(size).fill(tau * tau) }),
    step: (before, parameters, delta) => {
      const first = before.first.map((value, index) => beta1 * value + (1 - beta1) * delta[index]!);
      const second = before.second.map((value, index) => secondMoment(value, delta[index]! * delta[index]!));
      return {
        state: { first, second },
        parameters: parameters.map(
          (value, index) => value + (learningRate * first[index]!) / (Math.sqrt(second[index]!) + tau),
        ),
      };
    },
  };
}
