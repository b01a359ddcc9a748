/**
 * Optimizers on the flat parameters, in plain JavaScript: the same bits on every backend, and faster than tensors for
 * a network of this size. Their learning rate may change from epoch to epoch.
 */

import type { OptimizerSpec } from '../plan.js';

/** Moves parameters along a gradient; has state that it keeps from step to step. */
export interface Optimizer {
  /**
   * One step: changes `parameters` in place.
   *
   * @param learningRate - The rate of this step; by default that of the spec.
   */
  update(parameters: Float32Array, gradient: Float32Array, learningRate?: number): void;
}

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-7;

/** A new optimizer for `size` parameters. */
export function createOptimizer(spec: OptimizerSpec, size: number): Optimizer {
  return spec.kind === 'adam' ? adam(spec.learningRate, size) : sgd(spec.learningRate);
}

/** w ← w - rate · g */
function sgd(usualRate: number): Optimizer {
  return {
    update: (parameters, gradient, learningRate = usualRate) => {
      for (let index = 0; index < parameters.length; index++) {
        parameters[index]! -= learningRate * gradient[index]!;
      }
    },
  };
}

/** Adam (Kingma & Ba 2015, algorithm 1): w ← w - rate · m̂ / (√v̂ + ε), with bias-corrected moments. */
function adam(usualRate: number, size: number): Optimizer {
  const mean = new Float32Array(size);
  const square = new Float32Array(size);
  let beta1Power = 1;
  let beta2Power = 1;
  return {
    update: (parameters, gradient, learningRate = usualRate) => {
      beta1Power *= BETA_1;
      beta2Power *= BETA_2;
      const meanScale = learningRate / (1 - beta1Power);
      const squareScale = 1 / (1 - beta2Power);
      for (let index = 0; index < size; index++) {
        const slope = gradient[index]!;
        const m = BETA_1 * mean[index]! + (1 - BETA_1) * slope;
        const v = BETA_2 * square[index]! + (1 - BETA_2) * slope * slope;
        mean[index] = m;
        square[index] = v;
        parameters[index]! -= (meanScale * m) / (Math.sqrt(squareScale * v) + EPSILON);
      }
    },
  };
}

/** The learning rate of an epoch (counted from 1), as a function of the initial rate. */
export type LearningRateSchedule = (initialRate: number, epoch: number) => number;

/** A constant rate. */
export function constantRate(initialRate: number): number {
  return initialRate;
}

/** Halves the rate after every `epochs` epochs (Tang et al. 2021, section 4.3: every 15). */
export function halvedEvery(epochs: number): LearningRateSchedule {
  return (initialRate, epoch) => initialRate * 0.5 ** Math.floor((epoch - 1) / epochs);
}
