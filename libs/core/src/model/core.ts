/**
 * The core: computes the features of each head from windows, and the gradients on the way back. It is either one stack
 * of convolutions with the maximum over time for all heads, or a shared trunk that splits into one such stack for
 * each.
 */

import * as tf from '@tensorflow/tfjs-core';
import { convolveDrop } from './layers/convolution-layer.js';
import {
  convolutionStack,
  pooledStack,
  type CoreLayer,
  type Learning,
  type StepDropout,
} from './layers/convolution-stack.js';
import { maximumOverTime } from './layers/pooled-convolution-layer.js';
import type { NetworkSpec } from './network-spec.js';
import { ownConvolutionParts, sharedConvolutionParts } from './parameters/network-parts.js';
import { convolutionParameters, type ParameterTensors } from './parameters/parameter-tensors.js';

export interface CoreRun {
  /** Features for each head, shape [window, feature]. */
  readonly features: readonly tf.Tensor2D[];
  /**
   * Passes the gradients of the heads' features down to the lowest part that learns. Shared parts receive the sum of
   * the heads' gradients.
   *
   * @param featureGradients - For each head, shape [window, feature]
   */
  backward(featureGradients: readonly tf.Tensor2D[], learning: Learning): void;
}

/** Runs the core for training. x: [window, 1, time, channel]. A core without layers returns its windows as features. */
export function trainCore(x: tf.Tensor4D, layers: CoreLayers, dropout: StepDropout | undefined): CoreRun {
  return isSplit(layers) ? trainSplitCore(x, layers, dropout) : trainCommonCore(x, layers, dropout);
}

function trainCommonCore(x: tf.Tensor4D, { shared, own }: CoreLayers, dropout: StepDropout | undefined): CoreRun {
  if (shared.length === 0) {
    const features = flatWindows(x);
    return { features: own.map(() => features), backward: () => undefined };
  }
  const stack = pooledStack(x, shared, dropout);
  return {
    features: own.map(() => stack.output),
    backward: (featureGradients, learning) => {
      stack.backward(tf.addN([...featureGradients]), { ...learning, below: 'frozen' });
    },
  };
}

function trainSplitCore(x: tf.Tensor4D, { shared, own }: CoreLayers, dropout: StepDropout | undefined): CoreRun {
  const trunk = convolutionStack(x, shared, dropout);
  const branches = own.map((layers) => pooledStack(trunk.output, layers, dropout));
  return {
    features: branches.map(({ output }) => output),
    backward: (featureGradients, learning) => {
      const below = shared.some(({ part }) => learning.trainable.has(part)) ? 'learns' : 'frozen';
      const reaching = branches.flatMap(
        (branch, index) => branch.backward(featureGradients[index]!, { ...learning, below }) ?? [],
      );
      if (reaching.length > 0) {
        const gradient = tf.addN<tf.Tensor4D>(reaching);
        tf.dispose(reaching);
        trunk.backward(gradient, { ...learning, below: 'frozen' });
      }
    },
  };
}

/** The features for each head without dropout, for predictions; all intermediate tensors are released. */
export function coreFeatures(x: tf.Tensor4D, layers: CoreLayers): readonly tf.Tensor2D[] {
  const { shared, own } = layers;
  if (!isSplit(layers)) {
    const features = pooledFeatures(x, shared);
    return own.map(() => features);
  }
  return tf.tidy(() => {
    const signal = tf.tidy(() => convolved(x, shared));
    return own.map((branch) => pooledFeatures(signal, branch));
  });
}

function pooledFeatures(x: tf.Tensor4D, layers: readonly CoreLayer[]): tf.Tensor2D {
  if (layers.length === 0) {
    return flatWindows(x);
  }
  return tf.tidy(() => {
    const { kernel, bias } = layers.at(-1)!.parameters;
    const signal = convolved(x, layers.slice(0, -1));
    // Bias and ReLU preserve the order of the values, so they can be applied after the maximum over time.
    return tf.relu(tf.add<tf.Tensor2D>(maximumOverTime(tf.conv2d(signal, kernel, 1, 'valid')), bias));
  });
}

function convolved(x: tf.Tensor4D, layers: readonly CoreLayer[]): tf.Tensor4D {
  return layers.reduce((signal, { parameters }) => convolveDrop(signal, parameters, { activation: 'relu' }), x);
}

function isSplit({ own }: CoreLayers): boolean {
  return own.some(({ length }) => length > 0);
}

function flatWindows(x: tf.Tensor4D): tf.Tensor2D {
  const [windows, , time, channels] = x.shape;
  return tf.reshape(x, [windows, time * channels]);
}

export interface CoreLayers {
  readonly shared: readonly CoreLayer[];
  /**
   * The convolutions of each head's own, in the order of the heads; all lists are empty where every convolution is
   * shared.
   */
  readonly own: readonly (readonly CoreLayer[])[];
}

/** The convolutions of a network that lead to `heads`. */
export function coreLayers(spec: NetworkSpec, tensors: ParameterTensors, heads: readonly string[]): CoreLayers {
  const layers = (parts: readonly string[], lowest: number): readonly CoreLayer[] =>
    parts.map((part, index) => ({
      part,
      level: lowest + index,
      parameters: convolutionParameters(tensors, part),
    }));
  const shared = sharedConvolutionParts(spec);
  return {
    shared: layers(shared, 0),
    own: heads.map((head) => layers(ownConvolutionParts(spec, head), shared.length)),
  };
}
