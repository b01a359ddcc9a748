import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { initialParameters } from '../../model/parameters/initial-parameters.js';
import { createNetwork, type Network } from '../../model/network.js';
import { useBackend } from '../../testing/backends.js';
import { smallSpec } from '../../testing/small-network.js';
import { threeKinds } from '../../testing/windows.js';
import type { EpochReport } from './epochs.js';
import { trainLocally, type TrainingOptions } from './local-trainer.js';
import type { LocalPlan } from '../plan.js';

const signal = new AbortController().signal;
const twoHeads = createNetwork(smallSpec);
const network = createNetwork({ ...smallSpec, heads: [smallSpec.heads[0]!] });
const start = initialParameters(network.layout, createRng('start'));

function options(plan: Partial<LocalPlan> = {}, seed = 'train'): TrainingOptions {
  return {
    plan: {
      batchSize: 8,
      length: { steps: 5 },
      optimizer: { kind: 'adam', learningRate: 0.01 },
      trainable: 'all',
      ...plan,
    },
    rng: createRng(seed),
    signal,
  };
}

/** A network that learns nothing and records the size of each batch. */
function batchRecorder(): { network: Network; sizes: number[] } {
  const sizes: number[] = [];
  return {
    sizes,
    network: {
      ...network,
      lossAndGradient: (_, batch) => {
        sizes.push(batch.targets['activity']!.length / 3);
        return { loss: 1, heads: { activity: 1 } };
      },
    },
  };
}

describe('the training loop', () => {
  beforeAll(() => useBackend('wasm'));
  const set = { windows: threeKinds(30, createRng('data'), 'labelled'), transformations: [] };

  it('learns what can be learned', async () => {
    const { parameters } = await trainLocally(network, start, set, options({ length: { steps: 200 } }));
    const test = threeKinds(60, createRng('test'), 'labelled');
    const probabilities = network.predict(
      parameters,
      Float32Array.from(test.recordings.flatMap(({ samples }) => [...samples])),
      'activity',
    );
    const right = Array.from({ length: 60 }, (_, row) => {
      const rowOf = (values: Float32Array): number[] => [...values.slice(row * 3, row * 3 + 3)];
      const guess = rowOf(probabilities);
      return rowOf(test.labels!)[guess.indexOf(Math.max(...guess))]!;
    });
    expect(right.reduce((a, b) => a + b) / 60).toBeGreaterThan(0.9);
  });

  it('gives the same bits for the same draws, and others for others', async () => {
    const first = await trainLocally(network, start, set, options());
    expect(await trainLocally(network, start, set, options())).toEqual(first);
    expect((await trainLocally(network, start, set, options({}, 'other'))).parameters).not.toEqual(first.parameters);
  });

  it('leaves its starting point as it is', async () => {
    const copy = start.slice();
    await trainLocally(network, start, set, options());
    expect(start).toEqual(copy);
  });

  it('changes nothing in frozen parts', async () => {
    const { parameters } = await trainLocally(network, start, set, options({ trainable: ['conv3', 'activity'] }));
    for (const { part, offset, size } of network.layout.slots) {
      const same = parameters.slice(offset, offset + size).every((value, index) => value === start[offset + index]);
      expect(same, part).toBe(part === 'conv1' || part === 'conv2');
    }
  });

  it('cuts each pass into batches, the last one smaller', async () => {
    const { network: recorder, sizes } = batchRecorder();
    await trainLocally(recorder, start, set, options({ length: { epochs: 2 } }));
    expect(sizes).toEqual([8, 8, 8, 6, 8, 8, 8, 6]);
  });

  it('stops in the middle of a pass when it counts steps', async () => {
    const { network: recorder, sizes } = batchRecorder();
    await trainLocally(recorder, start, set, options({ length: { steps: 6 } }));
    expect(sizes).toEqual([8, 8, 8, 6, 8, 8]);
  });

  it('trains on fewer windows than one batch', async () => {
    const { network: recorder, sizes } = batchRecorder();
    const few = { windows: threeKinds(3, createRng('few'), 'labelled'), transformations: [] };
    await trainLocally(recorder, start, few, options({ length: { epochs: 1 } }));
    expect(sizes).toEqual([3]);
    const { parameters } = await trainLocally(network, start, few, options());
    expect(parameters.every(Number.isFinite)).toBe(true);
  });

  it('learns both heads from a transformation set', async () => {
    const both = { windows: set.windows, transformations: ['negate', 'time-flip'] as const };
    const begin = initialParameters(twoHeads.layout, createRng('start'));
    const early = await trainLocally(twoHeads, begin, both, options({ length: { steps: 10 } }));
    const late = await trainLocally(twoHeads, early.parameters, both, options({ length: { steps: 200 } }));
    expect(late.loss).toBeLessThan(0.7 * early.loss);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const stopping: Network = {
      ...network,
      lossAndGradient: () => {
        controller.abort(new Error('cancelled by the coordinator'));
        return { loss: 1, heads: { activity: 1 } };
      },
    };
    const endless = { ...options({ length: { steps: 1e9 } }), signal: controller.signal };
    await expect(trainLocally(stopping, start, set, endless)).rejects.toThrow('cancelled by the coordinator');
  });

  it('keeps the parameters of the epoch with the lowest validation loss, of several the earliest', async () => {
    // The parameters count the steps: 4 per epoch, so that epoch e ends at -4 e. The loss of each epoch is given.
    const losses = [5, 3, 3, 4];
    const counting: Network = {
      ...network,
      lossAndGradient: (_, __, ___, gradient) => {
        gradient.fill(1);
        return { loss: 1, heads: {} };
      },
      loss: (parameters) => losses[-parameters[0]! / 4 - 1]!,
    };
    const reports: EpochReport[] = [];
    const trained = await trainLocally(counting, new Float32Array(start.length), set, {
      ...options({ length: { epochs: 4 }, optimizer: { kind: 'sgd', learningRate: 1 } }),
      validation: { windows: threeKinds(9, createRng('validation'), 'labelled'), transformations: [] },
      onEpoch: (report) => Promise.resolve(void reports.push(report)),
    });
    expect(trained.bestEpoch).toBe(2);
    expect(trained.parameters[0]).toBe(-8);
    expect(reports).toEqual(
      losses.map((validationLoss, index) => ({ epoch: index + 1, learningRate: 1, trainingLoss: 1, validationLoss })),
    );
  });

  it('validates on all windows, a smaller last batch counting less', async () => {
    // Nine windows in batches of 8 and 1, whose losses are their sizes: (8 x 8 + 1 x 1) / 9.
    const sized: Network = { ...network, loss: (_, batch) => batch.targets['activity']!.length / 3 };
    const reports: EpochReport[] = [];
    await trainLocally(sized, start, set, {
      ...options({ length: { epochs: 1 } }),
      validation: { windows: threeKinds(9, createRng('validation'), 'labelled'), transformations: [] },
      onEpoch: (report) => Promise.resolve(void reports.push(report)),
    });
    expect(reports[0]!.validationLoss).toBeCloseTo(65 / 9, 12);
  });

  it('trains the same with and without validation, up to the epoch that it keeps', async () => {
    const validation = { windows: set.windows, transformations: [] };
    const plain = await trainLocally(network, start, set, options({ length: { epochs: 2 } }));
    const watched = await trainLocally(network, start, set, { ...options({ length: { epochs: 2 } }), validation });
    expect(watched.loss).toBe(plain.loss);
    expect(watched.bestEpoch).toBe(2);
    expect(watched.parameters).toEqual(plain.parameters);
  });

  it('takes the rate of each epoch from its schedule, and reports an epoch that was cut short too', async () => {
    const moving: Network = {
      ...network,
      lossAndGradient: (_, __, ___, gradient) => {
        gradient.fill(1);
        return { loss: 1, heads: {} };
      },
    };
    const rates: number[] = [];
    const trained = await trainLocally(moving, new Float32Array(start.length), set, {
      ...options({ length: { steps: 6 }, optimizer: { kind: 'sgd', learningRate: 1 } }),
      schedule: (rate, epoch) => rate / 2 ** (epoch - 1),
      onEpoch: ({ learningRate }) => Promise.resolve(void rates.push(learningRate)),
    });
    // Four steps of 1, two of a half.
    expect(trained.parameters[0]).toBe(-5);
    expect(rates).toEqual([1, 0.5]);
  });

  it('says so when the validation loss is no number', async () => {
    const lost: Network = { ...network, loss: () => NaN };
    const validation = { windows: set.windows, transformations: [] };
    await expect(trainLocally(lost, start, set, { ...options({ length: { epochs: 1 } }), validation })).rejects.toThrow(
      'Training diverged in epoch 1: the validation loss is no number.',
    );
  });

  it('says so when it diverges', async () => {
    const rate = { kind: 'sgd', learningRate: 1e30 } as const;
    await expect(trainLocally(network, start, set, options({ optimizer: rate }))).rejects.toThrow(
      'Training diverged at step',
    );
  });
});
