import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { useBackend } from '../../testing/backends.js';
import { randomValues } from '../../testing/small-network.js';
import { dense, denseGradients } from './head.js';
import { addDescriptor, concatenateDescriptor, gateByDescriptor } from './task-descriptor.js';

function randomTensor(name: string, shape: readonly [number, number]): tf.Tensor2D {
  return tf.tensor2d(randomValues(shape[0] * shape[1], createRng(name)), [...shape]);
}

function expectEqual(actual: tf.Tensor, expected: tf.Tensor): void {
  const values = expected.dataSync();
  expect(actual.shape).toEqual(expected.shape);
  actual.dataSync().forEach((value, index) => {
    expect(value).toBeCloseTo(values[index]!, 5);
  });
}

/** The slope of Σ output · weights along `direction` in a tensor, by a central difference. */
function measuredSlope(output: (step: number) => tf.Tensor2D, weights: tf.Tensor2D): number {
  const step = 1e-2;
  const sumAt = (sign: number): number => tf.sum(tf.mul(output(sign * step), weights)).dataSync()[0]!;
  return (sumAt(1) - sumAt(-1)) / (2 * step);
}

describe.each(['cpu', 'wasm'] as const)('task descriptors on the %s backend', (backend) => {
  beforeAll(() => useBackend(backend));

  it('that are concatenated and that are added are the same before a linear layer: W [h; z] = W1 h + W2 z', () => {
    tf.tidy(() => {
      const features = randomTensor('features', [5, 4]);
      const descriptors = tf.tensor2d([1, 0, 0, 1, 0, 1, 1, 0, 0.5, 0.5], [5, 2]);
      const [w1, w2] = [randomTensor('w1', [4, 3]), randomTensor('w2', [2, 3])];
      const layer = { kernel: tf.concat([w1, w2], 0), bias: tf.tensor1d([0.1, 0.2, 0.3]) };
      const concatenated = concatenateDescriptor(features, descriptors);
      const added = addDescriptor(dense(features, { ...layer, kernel: w1 }), descriptors, w2);
      expectEqual(dense(concatenated.features, layer), added.features);

      const gradient = randomTensor('gradient', [5, 3]);
      const whole = denseGradients(concatenated.features, gradient).kernel;
      expectEqual(tf.slice(whole, [0, 0], [4, 3]), denseGradients(features, gradient).kernel);
      expectEqual(tf.slice(whole, [4, 0], [2, 3]), added.backward(gradient).kernel);
      const below = concatenated.backward(tf.matMul(gradient, tf.transpose(layer.kernel)));
      expectEqual(below.features, tf.matMul(added.backward(gradient).features, tf.transpose(w1)));
    });
  });

  it('that gate multiply each feature by a number between 0 and 1', () => {
    tf.tidy(() => {
      // The first row's gate is σ(0) = 1/2 and σ(log 3) = 3/4, the second row's is half everywhere.
      const { features } = gateByDescriptor(
        tf.tensor2d([8, -4, 8, -4], [2, 2]),
        tf.tensor2d([1, 0], [2, 1]),
        tf.tensor2d([0, Math.log(3)], [1, 2]),
      );
      expectEqual(features, tf.tensor2d([4, -3, 4, -2], [2, 2]));
    });
  });

  it.each([
    ['added', addDescriptor],
    ['gating', gateByDescriptor],
  ])('have gradients that agree with finite differences: %s', (_, describeBy) => {
    tf.tidy(() => {
      const [features, kernel] = [randomTensor('features', [5, 4]), randomTensor('kernel', [2, 4])];
      const descriptors = tf.tensor2d([1, 0, 0, 1, 0, 1, 1, 0, 0.5, 0.5], [5, 2]);
      const weights = randomTensor('weights', [5, 4]);
      const gradients = describeBy(features, descriptors, kernel).backward(weights);
      const along = (gradient: tf.Tensor, direction: tf.Tensor): number =>
        tf.sum(tf.mul(gradient, direction)).dataSync()[0]!;

      const ofFeatures = randomTensor('of features', [5, 4]);
      const moveFeatures = (step: number): tf.Tensor2D =>
        describeBy(tf.add(features, tf.mul(ofFeatures, step)), descriptors, kernel).features;
      expect(measuredSlope(moveFeatures, weights)).toBeCloseTo(along(gradients.features, ofFeatures), 2);

      const ofKernel = randomTensor('of kernel', [2, 4]);
      const moveKernel = (step: number): tf.Tensor2D =>
        describeBy(features, descriptors, tf.add(kernel, tf.mul(ofKernel, step))).features;
      expect(measuredSlope(moveKernel, weights)).toBeCloseTo(along(gradients.kernel, ofKernel), 2);
    });
  });
});
