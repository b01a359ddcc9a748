import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { useBackend } from '../testing/backends.js';
import { slopesOf, startingPoint } from '../testing/finite-differences.js';
import { smallBatch, smallSpec } from '../testing/small-network.js';
import { registerTfjsGradients } from '../testing/tfjs-gradients.js';
import { dropoutMasks } from './layers/dropout.js';
import { partsOf } from './parameters/layout.js';
import { createNetwork, type Batch } from './network.js';

const network = createNetwork(smallSpec);
const { layout } = network;
const allParts = new Set(partsOf(layout));
const windows = 5;

const start = startingPoint(network);

function gradientAt(parameters: Float32Array, trainable: ReadonlySet<string> = allParts): Float32Array {
  const gradient = new Float32Array(layout.size).fill(Number.NaN);
  network.lossAndGradient(parameters, smallBatch(windows), { rng: createRng('step'), trainable }, gradient);
  return gradient;
}

describe.each(['cpu', 'wasm'] as const)('gradients on the %s backend', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(layout.slots.map(({ name }) => name))('of %s agree with finite differences', (name) => {
    const { along, measured } = slopesOf(network, name, { batch: smallBatch(windows), trainable: allParts });
    expect(Math.abs(measured - along)).toBeLessThan(0.02 * Math.abs(along) + 2e-3);
  });

  it('of frozen parts are zero, and those of the others do not change', () => {
    const all = gradientAt(start);
    const some = gradientAt(start, new Set(['conv3', 'activity']));
    for (const { part, offset, size } of layout.slots) {
      const expected =
        part === 'conv3' || part === 'activity' ? all.slice(offset, offset + size) : new Float32Array(size);
      expect(some.slice(offset, offset + size)).toEqual(expected);
    }
  });

  it('reach a trainable layer through a frozen one', () => {
    const all = gradientAt(start);
    const some = gradientAt(start, new Set(['conv1', 'transformations']));
    const { offset, size } = layout.slots[0]!;
    expect(some.slice(offset, offset + size)).toEqual(all.slice(offset, offset + size));
  });

  it('leave no tensor behind', () => {
    const before = tf.memory().numTensors;
    gradientAt(start);
    network.predict(start, smallBatch(windows).values, 'activity');
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('gradients, against the ones that tfjs derives', () => {
  beforeAll(async () => {
    await useBackend('cpu');
    await registerTfjsGradients();
  });

  it('are the same in every slot, dropout included', () => {
    const ours = gradientAt(start);
    const tensors = layout.slots.map(({ shape, offset, size }) =>
      tf.tensor(start.slice(offset, offset + size), [...shape]),
    );
    const theirs = tf.grads((...slots: tf.Tensor[]) => lossByTfjs(slots, smallBatch(windows)))(tensors);
    layout.slots.forEach(({ name, offset, size }, index) => {
      const expected = theirs[index]!.dataSync();
      const scale = Math.hypot(...expected);
      for (let j = 0; j < size; j++) {
        expect(Math.abs(ours[offset + j]! - expected[j]!), `${name}[${j}]`).toBeLessThan(1e-5 * Math.max(scale, 1));
      }
    });
    tf.dispose([tensors, theirs]);
  });
});

/** The same network in plain tfjs operations; masks come from the same draws. */
function lossByTfjs(slots: readonly tf.Tensor[], { values, targets }: Batch): tf.Scalar {
  const named = new Map(layout.slots.map(({ name }, index) => [name, slots[index]!]));
  const masks = dropoutMasks(smallSpec.dropoutRate);
  const rng = createRng('step');
  let signal: tf.Tensor4D = tf.tensor4d(values, [windows, 1, smallSpec.window.length, smallSpec.window.channels]);
  let penalty: tf.Tensor = tf.scalar(0);
  smallSpec.convolutions.forEach((_, index) => {
    const kernel = named.get(`conv${index + 1}/kernel`)!;
    const raw = tf.add(
      tf.conv2d(signal, tf.expandDims<tf.Tensor4D>(kernel, 0), 1, 'valid'),
      named.get(`conv${index + 1}/bias`)!,
    );
    const mask = masks.next(raw.size, rng.fork(index));
    signal = tf.mul(tf.relu(raw as tf.Tensor4D), tf.tensor(Float32Array.from(mask), raw.shape, 'float32'));
    signal = tf.div(signal, masks.keepRate);
    penalty = tf.add(penalty, tf.sum(tf.square(kernel)));
  });
  const features = tf.max<tf.Tensor2D>(signal, [1, 2]);
  const dense = (x: tf.Tensor2D, part: string): tf.Tensor2D =>
    tf.add(tf.matMul(x, named.get(`${part}/kernel`) as tf.Tensor2D), named.get(`${part}/bias`)!);
  const logits = dense(tf.relu(dense(features, 'activity/hidden')), 'activity/output');
  const activity = tf.neg(tf.sum(tf.mul(tf.tensor(targets['activity']!, [windows, 3]), tf.logSoftmax(logits))));
  const hidden = tf.reshape(tf.relu(dense(features, 'transformations/hidden')), [windows, 2, 5]);
  const questions = tf.add(
    tf.sum(tf.mul(hidden, named.get('transformations/output/kernel')!), 2),
    named.get('transformations/output/bias')!,
  );
  const answers = tf.tensor(targets['transformations']!, [windows, 2]);
  const binary = tf.sum(tf.sub(tf.softplus(questions), tf.mul(answers, questions)));
  return tf.add<tf.Scalar>(tf.div(tf.add(activity, binary), windows), tf.mul(penalty, smallSpec.l2));
}
