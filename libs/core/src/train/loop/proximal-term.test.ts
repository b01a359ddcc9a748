import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { initialParameters } from '../../model/parameters/initial-parameters.js';
import { createNetwork, type Network } from '../../model/network.js';
import { useBackend } from '../../testing/backends.js';
import { smallSpec } from '../../testing/small-network.js';
import { threeKinds } from '../../testing/windows.js';
import { trainOnFeatures } from './cached-features.js';
import { trainLocally, type TrainingOptions } from './local-trainer.js';
import { addProximalTerm } from './local-trainer.js';

describe('the proximal term', () => {
  it('is mu / 2 times the squared distance, and its gradient mu times the difference', () => {
    const gradient = Float32Array.of(1, 1, 1);
    // Differences 3, -4 and 0: 25 in all.
    const term = addProximalTerm(0.5, Float32Array.of(4, 0, 7), Float32Array.of(1, 4, 7), gradient);
    expect(term).toBe(6.25);
    expect([...gradient]).toEqual([2.5, -1, 1]);
  });
});

const network = createNetwork({ ...smallSpec, heads: [smallSpec.heads[0]!] });
const start = initialParameters(network.layout, createRng('start'));
const set = { windows: threeKinds(30, createRng('data'), 'labelled'), transformations: [] };

function options(plan: Partial<TrainingOptions['plan']> = {}): TrainingOptions {
  const optimizer = { kind: 'sgd', learningRate: 0.1 } as const;
  return {
    plan: { batchSize: 8, length: { steps: 30 }, optimizer, trainable: 'all', ...plan },
    rng: createRng('train'),
    signal: new AbortController().signal,
  };
}

function distance(parameters: Float32Array): number {
  return Math.hypot(...parameters.map((value, index) => value - start[index]!));
}

describe('training with it', () => {
  beforeAll(() => useBackend('wasm'));

  it('is the recurrence of SGD on both gradients', async () => {
    // A loss whose gradient is 1 everywhere: w - w0 = d goes d <- d - 0.1 (1 + mu d), so -0.1, -0.195, -0.28525.
    const slope: Network = {
      ...network,
      lossAndGradient: (_, __, ___, gradient) => {
        gradient.fill(1);
        return { loss: 2, heads: { activity: 2 } };
      },
    };
    const zeros = new Float32Array(start.length);
    const plan = options({ length: { steps: 3 }, proximalMu: 0.5 });
    const { parameters, loss } = await trainLocally(slope, zeros, set, plan);
    expect(parameters[0]).toBeCloseTo(-0.28525, 6);
    // Losses 2, 2 + 0.25 n 0.01 and 2 + 0.25 n 0.038025, of n parameters.
    expect(loss).toBeCloseTo(2 + (start.length * (0.01 + 0.038025)) / 12, 4);
  });

  it('holds the parameters nearer to where they began, the more the larger mu is', async () => {
    const moved = async (proximalMu: number): Promise<number> =>
      distance((await trainLocally(network, start, set, options({ proximalMu }))).parameters);
    const free = distance((await trainLocally(network, start, set, options())).parameters);
    const [held, fast] = [await moved(1), await moved(9)];
    expect(held).toBeLessThan(0.8 * free);
    expect(fast).toBeLessThan(0.5 * held);
  });

  it('leaves frozen parts alone, also where their features are computed once', async () => {
    const plan = options({ trainable: ['activity'], proximalMu: 1 });
    for (const train of [trainLocally, trainOnFeatures]) {
      const { parameters } = await train(network, start, set, plan);
      for (const { part, offset, size } of network.layout.slots) {
        const same = parameters.slice(offset, offset + size).every((value, index) => value === start[offset + index]);
        expect(same, part).toBe(part !== 'activity');
      }
    }
  });
});
