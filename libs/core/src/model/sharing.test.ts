import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { useBackend } from '../testing/backends.js';
import { startingPoint } from '../testing/finite-differences.js';
import { sharedBatch, sharedSpec } from '../testing/small-network.js';
import { initialParameters } from './parameters/initial-parameters.js';
import { partsOf, type ParameterLayout } from './parameters/layout.js';
import type { ByHead, NetworkSpec, SharingSpec } from './network-spec.js';
import { createNetwork, type Network } from './network.js';

interface Step {
  readonly losses: ByHead<number>;
  readonly gradient: Float32Array;
}

function stepOf(network: Network, parameters: Float32Array, lossWeights: ByHead<number> = {}): Step {
  const gradient = new Float32Array(network.layout.size);
  const options = { rng: createRng('step'), trainable: new Set(partsOf(network.layout)), lossWeights };
  const { heads } = network.lossAndGradient(parameters, sharedBatch, options, gradient);
  return { losses: heads, gradient };
}

function slotOf({ slots }: ParameterLayout, values: Float32Array, name: string): Float32Array {
  const { offset, size } = slots.find((slot) => slot.name === name)!;
  return values.slice(offset, offset + size);
}

/** The same network for only one of its tasks. */
function alone(spec: NetworkSpec, task: string): NetworkSpec {
  return { ...spec, heads: spec.heads.filter(({ name }) => name === task) };
}

const plain = sharedSpec({});
const draw = (network: Network): Float32Array => initialParameters(network.layout, createRng('start'));

describe.each(['cpu', 'wasm'] as const)('where the trunk splits, on the %s backend', (backend) => {
  beforeAll(() => useBackend(backend));

  it('above the last convolution, nothing is different', () => {
    const [all, network] = [createNetwork(sharedSpec({ sharedConvolutions: 3 })), createNetwork(plain)];
    expect(all.layout).toEqual(network.layout);
    expect(stepOf(all, draw(all))).toEqual(stepOf(network, draw(network)));
  });

  it.each([0, 1, 2])('does not matter to a single task: %i shared', (sharedConvolutions) => {
    const network = createNetwork(alone(plain, 'activity'));
    const split = createNetwork(alone(sharedSpec({ sharedConvolutions, softSharing: 1 }), 'activity'));
    expect(split.layout.slots.map(({ name }) => name.replace('activity.conv', 'conv'))).toEqual(
      network.layout.slots.map(({ name }) => name),
    );
    expect(draw(split)).toEqual(draw(network));
    expect(stepOf(split, startingPoint(network))).toEqual(stepOf(network, startingPoint(network)));
  });

  it('below the first convolution, each task learns as if it were alone, bit for bit', () => {
    const together = createNetwork(sharedSpec({ sharedConvolutions: 0 }));
    const joint = stepOf(together, draw(together));
    for (const { name: task } of plain.heads) {
      const network = createNetwork(alone(plain, task));
      const single = stepOf(network, draw(network));
      expect(joint.losses[task]).toBe(single.losses[task]);
      for (const { name } of network.layout.slots) {
        const own = name.startsWith('conv') ? `${task}.${name}` : name;
        expect(slotOf(together.layout, joint.gradient, own)).toEqual(slotOf(network.layout, single.gradient, name));
      }
    }
  });

  it.each<SharingSpec>([{ sharedConvolutions: 1 }, { sharedHidden: { units: 6, descriptor: 'added' } }])(
    'what is shared learns from the sum over the tasks: %j',
    (sharing) => {
      const network = createNetwork({ ...sharedSpec(sharing), l2: 0 });
      const start = startingPoint(network);
      const parts = network.spec.heads.map(({ name }) => {
        const others = network.spec.heads.filter((head) => head.name !== name);
        return stepOf(network, start, Object.fromEntries(others.map((head) => [head.name, 0]))).gradient;
      });
      const whole = stepOf(network, start).gradient;
      whole.forEach((value, index) => {
        expect(value).toBeCloseTo(parts[0]![index]! + parts[1]![index]! + parts[2]![index]!, 5);
      });
    },
  );

  it('features are those of a head, which must be named', () => {
    const network = createNetwork(sharedSpec({ sharedConvolutions: 2 }));
    const start = startingPoint(network);
    const featuresOf = (head?: string): Float32Array => network.features(start, sharedBatch.values, head);
    const single = createNetwork(alone(network.spec, 'tags'));
    const own = Float32Array.from(single.layout.slots.flatMap(({ name }) => [...slotOf(network.layout, start, name)]));
    expect(featuresOf('tags')).toEqual(single.features(own, sharedBatch.values, 'tags'));
    expect(featuresOf('tags')).not.toEqual(featuresOf('speed'));
    expect(network.predict(start, sharedBatch.values, 'tags')).toEqual(single.predict(own, sharedBatch.values, 'tags'));
    expect(() => featuresOf()).toThrow('Expected the name of a head, since each has features of its own');
    expect(() => featuresOf('tag')).toThrow('"tag" is not a head of this network');
    const common = createNetwork(plain);
    expect(common.features(draw(common), sharedBatch.values)).toEqual(
      common.features(draw(common), sharedBatch.values, 'speed'),
    );
  });
});

it('copies of a convolution begin alike, with what all would share', () => {
  const { layout } = createNetwork(sharedSpec({ sharedConvolutions: 1 }));
  const parameters = initialParameters(layout, createRng('start'));
  const whole = createNetwork(plain);
  for (const layer of ['conv2', 'conv3']) {
    const shared = slotOf(whole.layout, draw(whole), `${layer}/kernel`);
    for (const task of ['activity', 'tags', 'speed']) {
      expect(slotOf(layout, parameters, `${task}.${layer}/kernel`)).toEqual(shared);
    }
  }
});

describe('a shared hidden layer', () => {
  beforeAll(() => useBackend('wasm'));

  const networkOf = (descriptor: 'concatenated' | 'added' | 'gated'): Network =>
    createNetwork(sharedSpec({ sharedHidden: { units: 6, descriptor } }));

  it('begins as the same function whatever its descriptor, and as one that no task has a part in', () => {
    const [first, ...others] = (['concatenated', 'added', 'gated'] as const).map((descriptor) => {
      const network = networkOf(descriptor);
      return plain.heads.map(({ name }) => network.predict(draw(network), sharedBatch.values, name));
    });
    for (const other of others) {
      expect(other).toEqual(first);
    }
    const network = networkOf('gated');
    for (const { name } of plain.heads) {
      const single = createNetwork(alone(network.spec, name));
      const predicted = single.predict(draw(single), sharedBatch.values, name);
      expect(predicted).toEqual(network.predict(draw(network), sharedBatch.values, name));
    }
  });

  it('with a descriptor that is added is one where it is concatenated: (h + z U) K = [h; z] [K; U K]', () => {
    const [added, concatenated] = [networkOf('added'), networkOf('concatenated')];
    const start = startingPoint(added);
    const [kernel, u] = ['kernel', 'descriptor'].map((slot) => slotOf(added.layout, start, `shared.hidden/${slot}`));
    const [features, units, heads] = [6, 6, 3];
    const product = Float32Array.from({ length: heads * units }, (_, index) => {
      const [head, unit] = [Math.floor(index / units), index % units];
      return Array.from({ length: features }, (_, f) => u![head * features + f]! * kernel![f * units + unit]!).reduce(
        (sum, term) => sum + term,
      );
    });
    const same = start.slice(); // as many features as hidden units: both layouts have the same places
    expect(concatenated.layout).toEqual(added.layout);
    same.set(product, added.layout.slots.find(({ name }) => name === 'shared.hidden/descriptor')!.offset);

    const [one, other] = [stepOf(added, start), stepOf(concatenated, same)];
    for (const { name } of plain.heads) {
      expect(other.losses[name]).toBeCloseTo(one.losses[name]!, 5);
    }
    // The loss of (K, U) is that of (K, W = U K): its gradients are those of the other, led on: dU = dW Kᵀ, dK += Uᵀ dW.
    const [dW, dK] = ['descriptor', 'kernel'].map((slot) =>
      slotOf(concatenated.layout, other.gradient, `shared.hidden/${slot}`),
    );
    const [ofU, ofK] = ['descriptor', 'kernel'].map((slot) =>
      slotOf(added.layout, one.gradient, `shared.hidden/${slot}`),
    );
    const sum = (count: number, term: (index: number) => number): number =>
      Array.from({ length: count }, (_, index) => term(index)).reduce((total, each) => total + each, 0);
    ofU!.forEach((value, index) => {
      const [head, f] = [Math.floor(index / features), index % features];
      expect(value).toBeCloseTo(
        sum(units, (unit) => dW![head * units + unit]! * kernel![f * units + unit]!),
        5,
      );
    });
    ofK!.forEach((value, index) => {
      const [f, unit] = [Math.floor(index / units), index % units];
      const led = sum(heads, (head) => u![head * features + f]! * dW![head * units + unit]!);
      expect(value).toBeCloseTo(dK![index]! + led, 5);
    });
  });
});
