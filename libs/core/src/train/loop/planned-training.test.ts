import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { initialParameters } from '../../model/parameters/initial-parameters.js';
import { createNetwork } from '../../model/network.js';
import { useBackend } from '../../testing/backends.js';
import { smallSpec } from '../../testing/small-network.js';
import { threeKinds } from '../../testing/windows.js';
import { trainLocally } from './local-trainer.js';
import type { LocalPlan } from '../plan.js';
import { trainAsPlanned } from './planned-training.js';

const network = createNetwork({ ...smallSpec, heads: [smallSpec.heads[0]!] });
const start = initialParameters(network.layout, createRng('start'));
const set = { windows: threeKinds(12, createRng('data'), 'labelled'), transformations: [] };
const core = ['conv1', 'conv2', 'conv3'];

const plan = {
  batchSize: 8,
  length: { epochs: 2 },
  optimizer: { kind: 'adam', learningRate: 0.01 },
  trainable: 'all',
} as const;

function optionsWith(more: Partial<LocalPlan>) {
  return { plan: { ...plan, ...more }, rng: createRng('train'), signal: new AbortController().signal };
}

describe('training by a plan', () => {
  beforeAll(() => useBackend('wasm'));

  it('is of all parts at once where none learns first', async () => {
    const personal = { parts: ['activity'] };
    const trained = await trainAsPlanned(network, start, set, optionsWith({ personal }));
    expect(trained).toEqual(await trainLocally(network, start, set, optionsWith({})));
  });

  it('is of the personal parts, then of the others that learn, each with the rest frozen', async () => {
    const personal = { parts: ['activity'], first: { steps: 5 } };
    const rng = createRng('train');
    const first = { ...optionsWith({ trainable: ['activity'], length: { steps: 5 } }), rng: rng.fork('personal') };
    const own = await trainLocally(network, start, set, first);
    const second = { ...optionsWith({ trainable: core }), rng: rng.fork('shared') };
    const whole = await trainLocally(network, own.parameters, set, second);
    const trained = await trainAsPlanned(network, start, set, optionsWith({ personal }));
    expect(trained.parameters).toEqual(whole.parameters);
    // Five steps, then two passes of two batches.
    expect(trained.loss).toBeCloseTo((5 * own.loss + 4 * whole.loss) / 9, 10);
  });

  it('leaves frozen what the plan freezes', async () => {
    const personal = { parts: ['activity'], first: { steps: 2 } };
    const { parameters } = await trainAsPlanned(network, start, set, optionsWith({ personal, trainable: ['conv3', 'activity'] })); // prettier-ignore
    for (const { part, offset, size } of network.layout.slots) {
      const same = parameters.slice(offset, offset + size).every((value, index) => value === start[offset + index]);
      expect(same, part).toBe(part === 'conv1' || part === 'conv2');
    }
  });
});
