import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { useBackend } from '../testing/backends.js';
import { slopesOf, startingPoint } from '../testing/finite-differences.js';
import { sharedBatch, sharedSpec, waysToShare } from '../testing/small-network.js';
import { registerTfjsGradients } from '../testing/tfjs-gradients.js';
import { dropoutMasks } from './layers/dropout.js';
import { partsOf } from './parameters/layout.js';
import type { NetworkSpec, SharingSpec } from './network-spec.js';
import { createNetwork, type Network } from './network.js';

const windows = 5;
const lossWeights = { activity: 1.5, tags: 1, speed: 0.5 };
const ways = Object.entries(waysToShare);

function gradientOf(network: Network, trainable: ReadonlySet<string> = new Set(partsOf(network.layout))): Float32Array {
  const gradient = new Float32Array(network.layout.size).fill(Number.NaN);
  const options = { rng: createRng('step'), trainable, lossWeights };
  network.lossAndGradient(startingPoint(network), sharedBatch, options, gradient);
  return gradient;
}

function isSlope(network: Network, slot: string): boolean {
  const trainable = new Set(partsOf(network.layout));
  const options = { batch: sharedBatch, trainable, lossWeights, distance: 5e-4 };
  const { along, measured } = slopesOf(network, slot, options);
  return along !== 0 && Math.abs(measured - along) < 0.02 * Math.abs(along) + 2e-3;
}

describe('networks that tasks share', () => {
  beforeAll(async () => {
    await useBackend('cpu');
    await registerTfjsGradients();
  });

  describe.each(ways)('by %s', (_, sharing) => {
    const network = createNetwork(sharedSpec(sharing));

    it('have the gradients that tfjs derives, dropout included', () => {
      expectClose(network, gradientOf(network), gradientByTfjs(network));
    });

    it('leave a part that does not learn alone, and change no bit of the others', () => {
      const all = gradientOf(network);
      const parts = partsOf(network.layout);
      for (const frozen of parts) {
        const some = gradientOf(network, new Set(parts.filter((part) => part !== frozen)));
        const expected = all.slice();
        for (const { offset, size } of network.layout.slots.filter(({ part }) => part === frozen)) {
          expected.fill(0, offset, offset + size);
        }
        expect(some, frozen).toEqual(expected);
      }
    });

    it('leave no tensor behind', () => {
      const before = tf.memory().numTensors;
      const start = startingPoint(network);
      gradientOf(network);
      network.loss(start, sharedBatch);
      network.predict(start, sharedBatch.values, 'tags');
      network.features(start, sharedBatch.values, 'tags');
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it.each([
    ['concatenated', { sharedHidden: { units: 6, descriptor: 'concatenated' } }],
    ['added', { sharedHidden: { units: 6, descriptor: 'added' } }],
    ['gated, on a trunk that splits', waysToShare['a bit of everything']!],
  ] as const)('have gradients that are slopes of the loss: descriptor %s', (_, sharing) => {
    const network = createNetwork(sharedSpec(sharing));
    const wrong = network.layout.slots.map(({ name }) => name).filter((slot) => !isSlope(network, slot));
    expect(wrong).toEqual([]);
  });

  it('have the same gradients on another backend', async () => {
    const networks = ways.map(([, sharing]) => createNetwork(sharedSpec(sharing)));
    const expected = networks.map((network) => gradientOf(network));
    await useBackend('wasm');
    networks.forEach((network, index) => {
      expectClose(network, gradientOf(network), expected[index]!);
    });
    await useBackend('cpu');
  });
});

/** Equal within 1e-5 of the norm of each slot. */
function expectClose({ layout }: Network, actual: Float32Array, expected: Float32Array): void {
  for (const { name, offset, size } of layout.slots) {
    const slot = expected.subarray(offset, offset + size);
    const scale = Math.max(Math.hypot(...slot), 1);
    slot.forEach((value, index) => {
      expect(Math.abs(actual[offset + index]! - value), `${name}[${index}]`).toBeLessThan(1e-5 * scale);
    });
  }
}

function gradientByTfjs(network: Network): Float32Array {
  const { slots, size: total } = network.layout;
  const start = startingPoint(network);
  const gradient = new Float32Array(total);
  tf.tidy(() => {
    const tensors = slots.map(({ shape, offset, size }) => tf.tensor(start.slice(offset, offset + size), [...shape]));
    const lossOf = (...values: tf.Tensor[]): tf.Scalar =>
      lossByTfjs(network.spec, (name) => values[slots.findIndex((slot) => slot.name === name)]!);
    tf.grads(lossOf)(tensors).forEach((values, index) => {
      gradient.set(values.dataSync<'float32'>(), slots[index]!.offset);
    });
  });
  return gradient;
}

type SlotTensors = (slot: string) => tf.Tensor;

/** The same networks in plain tfjs operations; masks come from the same draws. */
function lossByTfjs(spec: NetworkSpec, slot: SlotTensors): tf.Scalar {
  const losses = spec.heads.map(({ name }, head) => {
    const features = featuresByTfjs(spec, slot, name);
    const logits = logitsByTfjs(spec, slot, { name, head, features });
    return tf.mul(lossOfHead[name]!(logits), lossWeights[name as keyof typeof lossWeights]);
  });
  return tf.add<tf.Scalar>(tf.addN(losses), penaltyByTfjs(spec, slot));
}

function partOf({ sharedConvolutions = 3 }: SharingSpec, head: string, level: number): string {
  return level < sharedConvolutions ? `conv${level + 1}` : `${head}.conv${level + 1}`;
}

function featuresByTfjs(spec: NetworkSpec, slot: SlotTensors, head: string): tf.Tensor2D {
  const masks = dropoutMasks(spec.dropoutRate);
  const rng = createRng('step');
  const { length, channels } = spec.window;
  let signal: tf.Tensor4D = tf.tensor4d(sharedBatch.values, [windows, 1, length, channels]);
  spec.convolutions.forEach((_, level) => {
    const part = partOf(spec, head, level);
    const kernel = tf.expandDims<tf.Tensor4D>(slot(`${part}/kernel`), 0);
    const raw = tf.add<tf.Tensor4D>(tf.conv2d(signal, kernel, 1, 'valid'), slot(`${part}/bias`));
    const mask = tf.tensor(Float32Array.from(masks.next(raw.size, rng.fork(level))), raw.shape);
    signal = tf.div(tf.mul(tf.relu(raw), mask), masks.keepRate);
  });
  return tf.max<tf.Tensor2D>(signal, [1, 2]);
}

interface HeadPlace {
  readonly name: string;
  readonly head: number;
  readonly features: tf.Tensor2D;
}

function logitsByTfjs(spec: NetworkSpec, slot: SlotTensors, { name, head, features }: HeadPlace): tf.Tensor {
  const dense = (x: tf.Tensor, layer: string): tf.Tensor =>
    tf.add(tf.matMul(x, slot(`${layer}/kernel`)), slot(`${layer}/bias`));
  if (!spec.sharedHidden) {
    const hidden = spec.heads[head]!.hiddenUnits > 0 ? tf.relu(dense(features, `${name}/hidden`)) : features;
    return dense(hidden, `${name}/output`);
  }
  const row = tf.gather(slot('shared.hidden/descriptor'), tf.tensor1d([head], 'int32')); // [1, feature or hidden]
  const hidden = {
    concatenated: () => tf.add(dense(features, 'shared.hidden'), row),
    added: () => dense(tf.add(features, row), 'shared.hidden'),
    gated: () => dense(tf.mul(features, tf.sigmoid(row)), 'shared.hidden'),
  }[spec.sharedHidden.descriptor]();
  return dense(tf.relu(hidden), `${name}/output`);
}

/** A missing target does not count; the loss is averaged over the others. */
function maskedMean(losses: tf.Tensor, targets: Float32Array): tf.Tensor {
  const known = Float32Array.from(targets, (target) => Number(!Number.isNaN(target)));
  const count = known.reduce((sum, one) => sum + one, 0);
  return tf.div(tf.sum(tf.mul(losses, tf.tensor(known, losses.shape))), count);
}

function targetsOf(head: string): { readonly raw: Float32Array; readonly known: Float32Array } {
  const raw = sharedBatch.targets[head]!;
  return { raw, known: raw.map((target) => (Number.isNaN(target) ? 0 : target)) };
}

const lossOfHead: Readonly<Record<string, (logits: tf.Tensor) => tf.Tensor>> = {
  activity: (logits) => {
    const { raw, known } = targetsOf('activity');
    const losses = tf.neg(tf.mul(tf.tensor(known, logits.shape), tf.logSoftmax(logits)));
    return tf.mul(maskedMean(losses, raw), 3); // the mean is over windows, not over classes
  },
  tags: (logits) => {
    const { raw, known } = targetsOf('tags');
    return maskedMean(tf.sub(tf.softplus(logits), tf.mul(tf.tensor(known, logits.shape), logits)), raw);
  },
  speed: (logits) => {
    const { raw, known } = targetsOf('speed');
    return maskedMean(tf.div(tf.square(tf.sub(logits, tf.tensor(known, logits.shape))), 2), raw);
  },
};

function penaltyByTfjs(spec: NetworkSpec, slot: SlotTensors): tf.Tensor {
  const names = spec.heads.map(({ name }) => name);
  const squares = (tensor: tf.Tensor): tf.Tensor => tf.sum(tf.square(tensor));
  const ofLevels = spec.convolutions.map((_, level) => {
    const parts = [...new Set(names.map((head) => partOf(spec, head, level)))];
    const decay = tf.addN(parts.map((part) => squares(slot(`${part}/kernel`))));
    const pairs = parts.flatMap((one, index) => parts.slice(index + 1).map((other) => [one, other] as const));
    const distances = pairs.flatMap(([one, other]) =>
      ['kernel', 'bias'].map((name) => squares(tf.sub(slot(`${one}/${name}`), slot(`${other}/${name}`)))),
    );
    const apart = distances.length > 0 ? tf.addN(distances) : tf.scalar(0);
    return tf.add(tf.mul(decay, spec.l2), tf.mul(apart, spec.softSharing ?? 0));
  });
  return tf.addN(ofLevels);
}
