/**
 * A test that a backend can train: one step of a small network with every kind of layer. That a backend loads proves
 * little: it may lack a kernel, or compute it wrongly.
 */

import { createRng } from '@gaitway/core';
import { createNetwork, initialParameters, partsOf, type Batch, type NetworkSpec } from '@gaitway/core/model';
import { createOptimizer } from '@gaitway/core/train';

const spec: NetworkSpec = {
  window: { length: 40, channels: 3 },
  convolutions: [
    { filters: 8, kernel: 7 },
    { filters: 8, kernel: 5 },
    { filters: 8, kernel: 3 },
  ],
  dropoutRate: 0.1,
  l2: 1e-4,
  heads: [
    { name: 'activity', kind: 'exclusive', outputs: ['walk', 'sit', 'stand'], hiddenUnits: 16 },
    { name: 'transformations', kind: 'independent', outputs: ['negate', 'permute'], hiddenUnits: 8 },
  ],
};
const WINDOWS = 5;
const LEARNING_RATE = 0.1;
const TOLERANCE = 1e-4;

/** The expected results of the step, which were computed with the cpu backend. */
const expected: TrainingStep = { loss: 2.588169, gradientNorm: 1.242251, lossAfterwards: 2.503887 };

/** The results of one step of gradient descent. */
interface TrainingStep {
  readonly loss: number;
  readonly gradientNorm: number;
  readonly lossAfterwards: number;
}

/** Trains one step on the current backend. Throws where the result differs from the known one. */
export function trainingSelfTest(): void {
  const step = trainOneStep();
  for (const [figure, value] of Object.entries(expected)) {
    const found = step[figure as keyof TrainingStep];
    if (!(Math.abs(found / value - 1) < TOLERANCE)) {
      throw new Error(`a training step went wrong: ${figure}: expected ${value}, found ${found}`);
    }
  }
}

/** The step of the self-test on the current backend. */
function trainOneStep(): TrainingStep {
  const network = createNetwork(spec);
  const rng = createRng('training self-test');
  const parameters = initialParameters(network.layout, rng);
  const gradient = new Float32Array(network.layout.size);
  const batch = waves();
  const options = { rng: rng.fork('dropout'), trainable: new Set(partsOf(network.layout)) };
  const { loss } = network.lossAndGradient(parameters, batch, options, gradient);
  const gradientNorm = Math.hypot(...gradient);
  createOptimizer({ kind: 'sgd', learningRate: LEARNING_RATE }, network.layout.size).update(parameters, gradient);
  const again = { ...options, rng: rng.fork('dropout') };
  return { loss, gradientNorm, lossAfterwards: network.lossAndGradient(parameters, batch, again, gradient).loss };
}

/** Windows and targets computed by a formula. */
function waves(): Batch {
  const { length, channels } = spec.window;
  return {
    values: Float32Array.from({ length: WINDOWS * length * channels }, (_, i) => Math.sin(0.37 * i)),
    targets: {
      activity: Float32Array.from({ length: WINDOWS * 3 }, (_, i) => (Math.floor(i / 3) % 3 === i % 3 ? 1 : 0)),
      transformations: Float32Array.from({ length: WINDOWS * 2 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
    },
  };
}
