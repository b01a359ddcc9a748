/**
 * Convolution + bias + ReLU + dropout as one differentiable function.
 *
 * y = mask · relu(x * k/q + b/q), where q is the keep rate: dropout's 1/q is folded into the small kernel and bias. The
 * backward pass needs x, k and y only, because where y is zero, the ReLU or the dropout stopped the gradient.
 */

import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../math/random.js';
import { convolve, filterGradient, inputGradient } from './convolution.js';
import type { DropoutMasks } from './dropout.js';
import { biasGradient, gateByOutput } from './gate.js';

export interface ConvolutionParameters {
  /** Shape [1, time, in, out]. */
  readonly kernel: tf.Tensor4D;
  /** Shape [out]. */
  readonly bias: tf.Tensor1D;
}

/** Dropout of one layer in one training step. */
export interface LayerDropout {
  readonly masks: DropoutMasks;
  readonly rng: Rng;
}

/** The gradients of a layer; each is computed only when its function is called. */
export interface ConvolutionGradients {
  /** Shape [1, time, in, out]. */
  kernel(): tf.Tensor4D;
  /** Shape [out]. */
  bias(): tf.Tensor1D;
  /** Shape [window, 1, time, in]. */
  input(): tf.Tensor4D;
}

/** The result of running a layer forward, with the gradients that follow from the gradient of its output. */
export interface Layer<Output extends tf.Tensor> {
  readonly output: Output;
  backward(outputGradient: Output): ConvolutionGradients;
}

/** Runs the layer on x, shape [window, 1, time, in]. Without `dropout` nothing is dropped. */
export function convolutionLayer(
  x: tf.Tensor4D,
  parameters: ConvolutionParameters,
  dropout: LayerDropout | undefined,
): Layer<tf.Tensor4D> {
  const output = convolveDrop(x, parameters, { activation: 'relu', dropout });
  return {
    output,
    backward: (outputGradient) => {
      const scale = dropoutScale(dropout);
      const gradient = gateByOutput(outputGradient, output);
      return {
        kernel: () => tf.mul(filterGradient(x, gradient, parameters.kernel.shape[1]), scale),
        bias: () => tf.mul(biasGradient(gradient), scale),
        input: () => inputGradient(gradient, tf.mul(parameters.kernel, scale)),
      };
    },
  };
}

/** mask · activation(x * k/q + b/q). */
export function convolveDrop(
  x: tf.Tensor4D,
  { kernel, bias }: ConvolutionParameters,
  { activation, dropout }: { readonly activation: 'relu' | 'linear'; readonly dropout?: LayerDropout | undefined },
): tf.Tensor4D {
  return tf.tidy(() => {
    if (!dropout) {
      return convolve(x, { kernel, bias }, activation);
    }
    const scale = dropoutScale(dropout);
    const kept = convolve(x, { kernel: tf.mul(kernel, scale), bias: tf.mul(bias, scale) }, activation);
    const mask = tf.tensor(dropout.masks.next(kept.size, dropout.rng), kept.shape, 'bool');
    // Multiplies by the mask as numbers: `tf.where` is two hundred times slower on the wasm backend.
    return tf.mul(kept, tf.cast(mask, 'float32'));
  });
}

/** The factor of the values that are kept, so that their expectation does not change. */
export function dropoutScale(dropout: LayerDropout | undefined): number {
  return 1 / (dropout?.masks.keepRate ?? 1);
}
