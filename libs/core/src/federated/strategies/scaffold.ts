/** SCAFFOLD: corrects the clients' steps for client drift (Karimireddy et al. 2020, arXiv 1910.06378, algorithm 1). */

import { z } from 'zod';
import type { RoundedSum } from '../../math/long-vectors.js';
import { type Aggregator, type ServerOptimizer, composeStrategy, type ControlVariate } from '../strategy.js';
import { exactSum } from '../exact-sum.js';
import { serverSgd } from '../server-steps.js';
import type { StrategyKind } from './strategy-kind.js';

export interface Scaffold {
  readonly kind: 'scaffold';
}

/** Option II, with a global step size of 1. */
export const scaffold: StrategyKind<Scaffold> = {
  kind: 'scaffold',
  settings: z.strictObject({ kind: z.literal('scaffold') }),
  strategy: () => ({ ...composeStrategy('scaffold', controlledMean(), plainStep), control }),
  client: () => ({ controlVariate: true }),
};

const meanStep = serverSgd(1);

/** The state is Σ cᵢ, shape [parameter], over the clients whose answers have counted; the step does not change it. */
const plainStep: ServerOptimizer<Float64Array> = {
  name: 'sgd',
  init: (size) => new Float64Array(size),
  step: (controls, parameters, delta) => ({ ...meanStep.step(null, parameters, delta), state: controls }),
};

/**
 * c = Σ cᵢ / N is equal to what c ← c + |S| / N · mean(Δcᵢ) gives, and also holds when the number of clients has grown.
 */
const control: ControlVariate<ControlledSum, Float64Array> = {
  sent: ({ optimizer: controls }, clients) => Float32Array.from(controls, (value) => value / Math.max(1, clients)),
  learn: (state, { controls: changes }) => ({
    ...state,
    optimizer: state.optimizer.map((value, index) => value + changes.values[index]!),
  }),
};

export interface ControlledSum {
  /** Σ Δyᵢ, exact on the grid; shape [parameter]. */
  readonly deltas: RoundedSum;
  /** Σ Δcᵢ, exact on the grid; shape [parameter]. */
  readonly controls: RoundedSum;
  readonly updates: number;
}

/**
 * Σ Δyᵢ / |S|, whatever the examples (Karimireddy et al. 2020, arXiv 1910.06378, algorithm 1, line 16); bit for bit the
 * same in every order. An update without a control variate changes none.
 */
export function controlledMean(): Aggregator<ControlledSum> {
  return {
    name: 'controlled-mean',
    linear: true,
    minUpdates: 1,
    init: (size) => ({ deltas: exactSum(size), controls: exactSum(size), updates: 0 }),
    accept: ({ deltas, controls, updates }, { delta, control }) => {
      deltas.add(delta, 1);
      if (control) {
        controls.add(control, 1);
      }
      return { deltas, controls, updates: updates + 1 };
    },
    finish: ({ deltas, updates }) => deltas.values.map((value) => value / updates),
  };
}
