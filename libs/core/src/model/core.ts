/** The shared core: convolution layers, the last one with the maximum over time; forward, and back to the gradients. */

import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../math/random.js';
import {
  convolutionLayer,
  convolveDrop,
  type ConvolutionParameters,
  type Layer,
  type LayerDropout,
} from './convolution-layer.js';
import type { DropoutMasks } from './dropout.js';
import { maximumOverTime, pooledConvolutionLayer } from './pooled-convolution-layer.js';

/** Dropout of a whole training step; undefined where the rate is 0. */
export interface StepDropout {
  readonly masks: DropoutMasks;
  readonly rng: Rng;
}

/** Receives the gradient of the kernel and bias of one layer (0 is the first). The tensors are disposed afterwards. */
export type LayerGradientSink = (layer: number, kernel: tf.Tensor4D, bias: tf.Tensor1D) => void;

export interface CoreRun {
  /** [window, feature] */
  readonly features: tf.Tensor2D;
  /**
   * Passes the features' gradient down to the lowest trainable layer and releases the run's tensors on the way.
   *
   * @param trainable - [layer]; the others keep their values, and nothing is computed for them
   */
  backward(featureGradient: tf.Tensor2D, trainable: readonly boolean[], sink: LayerGradientSink): void;
}

/** Runs the core for training. x: [window, 1, time, channel]. A core without layers gives its windows as they are. */
export function trainCore(
  x: tf.Tensor4D,
  parameters: readonly ConvolutionParameters[],
  dropout: StepDropout | undefined,
): CoreRun {
  if (parameters.length === 0) {
    return { features: flatWindows(x), backward: () => undefined };
  }
  const lower: Layer<tf.Tensor4D>[] = [];
  let signal = x;
  for (const [index, layer] of parameters.slice(0, -1).entries()) {
    lower.push(convolutionLayer(signal, layer, dropoutOf(index, dropout)));
    signal = lower[index]!.output;
  }
  const top = pooledConvolutionLayer(signal, parameters.at(-1)!, dropoutOf(lower.length, dropout));
  return {
    features: top.output,
    backward: (featureGradient, trainable, sink) => {
      const lowest = trainable.indexOf(true);
      if (lowest < 0) {
        return;
      }
      let gradient = stepBack(top, lower.length, featureGradient, { lowest, trainable, sink });
      for (let index = lower.length - 1; index >= lowest; index--) {
        const layer = lower[index]!;
        const below = stepBack(layer, index, gradient!, { lowest, trainable, sink });
        tf.dispose([gradient!, layer.output]);
        gradient = below;
      }
    },
  };
}

/** The features without dropout, for predictions; everything in between is released. */
export function coreFeatures(x: tf.Tensor4D, parameters: readonly ConvolutionParameters[]): tf.Tensor2D {
  if (parameters.length === 0) {
    return flatWindows(x);
  }
  return tf.tidy(() => {
    const signal = parameters
      .slice(0, -1)
      .reduce((input, layer) => convolveDrop(input, layer, { activation: 'relu' }), x);
    const { kernel, bias } = parameters.at(-1)!;
    // Bias and ReLU keep the order of the values, so they can wait until one time step is left.
    return tf.relu(tf.add<tf.Tensor2D>(maximumOverTime(tf.conv2d(signal, kernel, 1, 'valid')), bias));
  });
}

function flatWindows(x: tf.Tensor4D): tf.Tensor2D {
  const [windows, , time, channels] = x.shape;
  return tf.reshape(x, [windows, time * channels]);
}

function dropoutOf(layer: number, dropout: StepDropout | undefined): LayerDropout | undefined {
  return dropout && { masks: dropout.masks, rng: dropout.rng.fork(layer) };
}

interface Descent {
  readonly lowest: number;
  readonly trainable: readonly boolean[];
  readonly sink: LayerGradientSink;
}

/** Hands one layer's gradients to the sink and gives the gradient of its input, or undefined at the lowest layer. */
function stepBack<Output extends tf.Tensor>(
  layer: Layer<Output>,
  index: number,
  outputGradient: Output,
  { lowest, trainable, sink }: Descent,
): tf.Tensor4D | undefined {
  const inputGradient = tf.tidy(() => {
    const gradients = layer.backward(outputGradient);
    if (trainable[index]) {
      sink(index, gradients.kernel(), gradients.bias());
    }
    return index > lowest ? gradients.input() : [];
  });
  return Array.isArray(inputGradient) ? undefined : inputGradient;
}
