/**
 * Server optimizers that several strategies use: the plain step along the aggregated change, with a constant learning
 * rate, and the adaptive step (Reddi et al. 2021, arXiv 2003.00295, algorithm 2).
 */

import { z } from 'zod';
import type { ServerOptimizer } from './strategy.js';

/**
 * The plain step: parameters + learningRate · delta.
 *
 * @param learningRate - 1 replaces the global parameters by the clients' mean, as FedAvg does
 */
export function serverSgd(learningRate: number): ServerOptimizer<null> {
  return {
    name: 'sgd',
    init: () => null,
    step: (state, parameters, delta) => {
      const moved = new Float32Array(parameters.length);
      for (let index = 0; index < moved.length; index++) {
        moved[index] = parameters[index]! + learningRate * delta[index]!;
      }
      return { state, parameters: moved };
    },
  };
}

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

/** Settings of the strategies that keep a first and a second moment at the server: FedAdam and FedYogi. */
export interface MomentSettings extends AdaptiveSettings {
  /** β₂: share of the second moment that is kept after a round. */
  readonly beta2: number;
}

type Shape = { readonly [Key in keyof MomentSettings]: z.ZodDefault<z.ZodNumber> };

export const momentSettings: Shape = {
  learningRate: z.number().positive().default(0.01),
  beta1: z.number().min(0).lt(1).default(0.9).describe('Share of the first moment that stays after a round'),
  beta2: z.number().min(0).lt(1).default(0.99).describe('Share of the second moment that stays after a round'),
  tau: z.number().positive().default(0.001).describe('Parameters whose changes are far below it move little'),
};
