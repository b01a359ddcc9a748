import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { initialParameters } from '../../model/parameters/initial-parameters.js';
import { createNetwork } from '../../model/network.js';
import { useBackend } from '../../testing/backends.js';
import { smallSpec } from '../../testing/small-network.js';
import { threeKinds } from '../../testing/windows.js';
import { trainOnFeatures } from './cached-features.js';
import { trainLocally } from './local-trainer.js';
import { makeBatch } from './training-set.js';

const activityOnly = { ...smallSpec, l2: 0, heads: smallSpec.heads.slice(0, 1) };
const set = { windows: threeKinds(30, createRng(1), 'labelled'), transformations: [] };
const plan = {
  batchSize: 8,
  length: { epochs: 3 },
  optimizer: { kind: 'adam', learningRate: 0.01 },
  trainable: ['activity'],
} as const;
const options = { plan, rng: createRng(2), signal: new AbortController().signal };

describe('training heads on cached features', () => {
  beforeAll(() => useBackend('cpu'));

  it('comes to what training them on a frozen core without dropout comes to', async () => {
    const network = createNetwork({ ...activityOnly, dropoutRate: 0 });
    const start = initialParameters(network.layout, createRng(3));
    const onFeatures = await trainOnFeatures(network, start, set, options);
    const onWindows = await trainLocally(network, start, set, options);
    expect(onFeatures.loss).toBeCloseTo(onWindows.loss, 5);
    onFeatures.parameters.forEach((value, index) => {
      expect(value).toBeCloseTo(onWindows.parameters[index]!, 5);
    });
  });

  it('comes to the same with a hidden layer that heads share, and is refused where each has features of its own', async () => {
    const heads = activityOnly.heads.map((head) => ({ ...head, hiddenUnits: 0 }));
    const spec = { ...activityOnly, heads, dropoutRate: 0, sharedConvolutions: 3 };
    const network = createNetwork({ ...spec, sharedHidden: { units: 5, descriptor: 'gated' } });
    const start = initialParameters(network.layout, createRng(3));
    const onHidden = { ...options, plan: { ...plan, trainable: ['shared.hidden', 'activity'] } };
    const onFeatures = await trainOnFeatures(network, start, set, onHidden);
    const onWindows = await trainLocally(network, start, set, onHidden);
    onFeatures.parameters.forEach((value, index) => {
      expect(value).toBeCloseTo(onWindows.parameters[index]!, 5);
    });
    const split = createNetwork({ ...spec, sharedConvolutions: 2 });
    await expect(trainOnFeatures(split, initialParameters(split.layout, createRng(3)), set, options)).rejects.toThrow(
      'Expected the name of a head',
    );
  });

  it('validates on features as well, and keeps the best epoch', async () => {
    const network = createNetwork({ ...activityOnly, dropoutRate: 0 });
    const start = initialParameters(network.layout, createRng(3));
    const held = { windows: threeKinds(10, createRng(7), 'labelled'), transformations: [] };
    const validated = { ...options, validation: held };
    const onFeatures = await trainOnFeatures(network, start, set, validated);
    const onWindows = await trainLocally(network, start, set, validated);
    expect(onFeatures.bestEpoch).toBe(onWindows.bestEpoch);
    expect(network.loss(onFeatures.parameters, makeBatch(held, Uint32Array.of(0, 1, 2), createRng(1)))).toBeCloseTo(
      network.loss(onWindows.parameters, makeBatch(held, Uint32Array.of(0, 1, 2), createRng(1))),
      5,
    );
  });

  it('leaves the core as it was, and drops nothing where the core has dropout', async () => {
    const network = createNetwork({ ...activityOnly, dropoutRate: 0.5 });
    const start = initialParameters(network.layout, createRng(3));
    const withDropout = await trainOnFeatures(network, start, set, options);
    const without = await trainOnFeatures(createNetwork({ ...activityOnly, dropoutRate: 0 }), start, set, options);
    expect(withDropout.parameters).toEqual(without.parameters);
    for (const { part, offset, size } of network.layout.slots) {
      const [before, after] = [start, withDropout.parameters].map((values) => values.subarray(offset, offset + size));
      expect(part.startsWith('conv')).toBe(before!.every((value, index) => value === after![index]));
    }
  });
});
