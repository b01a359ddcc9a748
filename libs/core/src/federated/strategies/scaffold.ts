/** SCAFFOLD: clients' steps are corrected for their drift (Karimireddy et al. 2020, arXiv 1910.06378, algorithm 1). */

import { z } from 'zod';
import { controlledMean, type ControlledSum } from '../controlled-mean.js';
import type { ServerOptimizer } from '../server-optimizer.js';
import { serverSgd } from '../server-sgd.js';
import { composeStrategy, type ControlVariate } from '../strategy.js';
import type { StrategyKind } from './strategy-kind.js';

export interface Scaffold {
  readonly kind: 'scaffold';
}

/** Option II, with a global step of 1. */
export const scaffold: StrategyKind<Scaffold> = {
  kind: 'scaffold',
  settings: z.strictObject({ kind: z.literal('scaffold') }),
  strategy: () => ({ ...composeStrategy('scaffold', controlledMean(), plainStep), control }),
  client: () => ({ controlVariate: true }),
};

const meanStep = serverSgd(1);

/** The state is Σ cᵢ, [parameter], over the clients whose answers have counted; the step leaves it as it is. */
const plainStep: ServerOptimizer<Float64Array> = {
  name: 'sgd',
  init: (size) => new Float64Array(size),
  step: (controls, parameters, delta) => ({ ...meanStep.step(null, parameters, delta), state: controls }),
};

/** c = Σ cᵢ / N is what c ← c + |S| / N · mean(Δcᵢ) comes to, also when there are more clients than before. */
const control: ControlVariate<ControlledSum, Float64Array> = {
  sent: ({ optimizer: controls }, clients) => Float32Array.from(controls, (value) => value / Math.max(1, clients)),
  learn: (state, { controls: changes }) => ({
    ...state,
    optimizer: state.optimizer.map((value, index) => value + changes.values[index]!),
  }),
};
