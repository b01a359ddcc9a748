import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { initialParameters } from '../../model/parameters/initial-parameters.js';
import { fixedLossWeights, scheduledLossWeights } from '../../model/loss-weights/scheduled.js';
import type { LossWeightRule } from '../../model/loss-weights/rule.js';
import { uncertaintyLossWeights } from '../../model/loss-weights/adaptive.js';
import type { ByHead } from '../../model/network-spec.js';
import { createNetwork } from '../../model/network.js';
import { useBackend } from '../../testing/backends.js';
import { smallSpec } from '../../testing/small-network.js';
import { threeKinds } from '../../testing/windows.js';
import { trainLocally, type Trained } from '../loop/local-trainer.js';

const network = createNetwork(smallSpec);
const start = initialParameters(network.layout, createRng('start'));
const set = {
  windows: threeKinds(8, createRng('data'), 'labelled'),
  transformations: ['negate', 'time-flip'] as const,
};

interface WeightedTraining extends Trained {
  /** The weights in each step. */
  readonly weights: readonly ByHead<number>[];
}

/** Trains three epochs of two steps and records the weights that each step receives. */
async function train(lossWeights?: LossWeightRule): Promise<WeightedTraining> {
  const weights: ByHead<number>[] = [];
  const recording: typeof network = {
    ...network,
    lossAndGradient: (parameters, batch, step, gradient) => {
      weights.push(step.lossWeights!);
      return network.lossAndGradient(parameters, batch, step, gradient);
    },
  };
  const trained = await trainLocally(recording, start, set, {
    plan: { batchSize: 12, length: { epochs: 3 }, optimizer: { kind: 'adam', learningRate: 0.01 }, trainable: 'all' },
    rng: createRng('train'),
    signal: new AbortController().signal,
    ...(lossWeights && { lossWeights }),
  });
  return { ...trained, weights };
}

function headParameters({ parameters }: Trained, head: string): Float32Array {
  const slots = network.layout.slots.filter(({ part }) => part === head);
  const last = slots.at(-1)!;
  return parameters.slice(slots[0]!.offset, last.offset + last.size);
}

describe('training with weighed losses', () => {
  beforeAll(() => useBackend('wasm'));

  it('gives the bits of weight 1 where nothing is said', async () => {
    const { parameters, weights } = await train();
    expect(weights).toEqual(new Array(6).fill({ activity: 1, transformations: 1 }));
    expect((await train(fixedLossWeights({ activity: 1 }))).parameters).toEqual(parameters);
  });

  it('leaves a head of weight 0 as it is', async () => {
    const trained = await train(fixedLossWeights({ transformations: 0 }));
    const fresh = { parameters: start, loss: 0 };
    expect(headParameters(trained, 'transformations')).toEqual(headParameters(fresh, 'transformations'));
    expect(headParameters(trained, 'activity')).not.toEqual(headParameters(fresh, 'activity'));
  });

  it('follows a schedule from epoch to epoch', async () => {
    const points = [
      { epoch: 1, weight: 1 },
      { epoch: 3, weight: 0 },
    ];
    const { weights } = await train(scheduledLossWeights({ transformations: points }));
    expect(weights.map(({ transformations }) => transformations)).toEqual([1, 1, 0.5, 0.5, 0, 0]);
  });

  it('learns weights from batch to batch', async () => {
    const { weights } = await train(uncertaintyLossWeights({ rate: 0.1 }));
    expect(new Set(weights.map(({ activity }) => activity)).size).toBe(6);
    // The losses are above 1/2 at first: both weights shrink.
    expect(weights[1]!['activity']).toBeLessThan(1);
    expect(weights[1]!['transformations']).toBeLessThan(1);
  });
});
