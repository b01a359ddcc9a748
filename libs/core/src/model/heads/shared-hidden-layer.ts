/**
 * One hidden layer for all heads, dense with ReLU, on features that are combined with a descriptor of the head; forward
 * and backward.
 */

import * as tf from '@tensorflow/tfjs-core';
import { gateByOutput } from '../layers/kernels.js';
import { dense, denseGradients, productRightTransposed, type DenseParameters } from './head.js';
import { SHARED_HIDDEN } from '../parameters/network-parts.js';
import { denseParameters, type ParameterTensors } from '../parameters/parameter-tensors.js';
import type { DescriptorKind } from '../network-spec.js';
import { addDescriptor, concatenateDescriptor, gateByDescriptor } from './task-descriptor.js';

/** Kernel, bias and descriptor kernel of the layer, or their gradients. */
export interface SharedHiddenParameters extends DenseParameters {
  /** Shape [head, hidden] for the kind `concatenated`; else [head, feature]. */
  readonly descriptor: tf.Tensor2D;
}

export interface SharedHiddenRun {
  /** Shape [window, hidden]. */
  readonly output: tf.Tensor2D;
  backward(outputGradient: tf.Tensor2D): SharedHiddenGradients;
}

interface SharedHiddenGradients {
  readonly layer: SharedHiddenParameters;
  /** Shape [window, feature]. */
  readonly features: tf.Tensor2D;
}

export function sharedHiddenParameters(tensors: ParameterTensors): SharedHiddenParameters {
  const descriptor = tensors.get(`${SHARED_HIDDEN}/descriptor`) as tf.Tensor2D;
  return { ...denseParameters(tensors, SHARED_HIDDEN), descriptor };
}

/**
 * Runs the layer on the features of one head, shape [window, feature].
 *
 * @param head - Index of the head, at which its descriptor is 1
 */
export function sharedHiddenLayer(
  features: tf.Tensor2D,
  head: number,
  layer: SharedHiddenParameters,
  kind: DescriptorKind,
): SharedHiddenRun {
  const descriptors = oneHotRows(features.shape[0], head, layer.descriptor.shape[0]);
  return kind === 'concatenated'
    ? onConcatenated(features, descriptors, layer)
    : onDescribed(features, descriptors, layer, kind);
}

/** relu([h; z] [K; U] + b). */
function onConcatenated(
  features: tf.Tensor2D,
  descriptors: tf.Tensor2D,
  { kernel, bias, descriptor }: SharedHiddenParameters,
): SharedHiddenRun {
  const described = concatenateDescriptor(features, descriptors);
  const hidden = hiddenLayer(described.features, { kernel: tf.concat([kernel, descriptor], 0), bias });
  return {
    output: hidden.output,
    backward: (outputGradient) => {
      const { layer, input } = hidden.backward(outputGradient);
      const [ofKernel, ofDescriptor] = tf.split<tf.Tensor2D>(layer.kernel, [kernel.shape[0], descriptor.shape[0]], 0);
      return {
        layer: { kernel: ofKernel!, bias: layer.bias, descriptor: ofDescriptor! },
        features: described.backward(input).features,
      };
    },
  };
}

/** relu((h + z U) K + b), or relu((h · σ(z U)) K + b). */
function onDescribed(
  features: tf.Tensor2D,
  descriptors: tf.Tensor2D,
  { kernel, bias, descriptor }: SharedHiddenParameters,
  kind: 'added' | 'gated',
): SharedHiddenRun {
  const describe = kind === 'added' ? addDescriptor : gateByDescriptor;
  const described = describe(features, descriptors, descriptor);
  const hidden = hiddenLayer(described.features, { kernel, bias });
  return {
    output: hidden.output,
    backward: (outputGradient) => {
      const { layer, input } = hidden.backward(outputGradient);
      const below = described.backward(input);
      return { layer: { ...layer, descriptor: below.kernel }, features: below.features };
    },
  };
}

interface HiddenLayer {
  readonly output: tf.Tensor2D;
  backward(outputGradient: tf.Tensor2D): { readonly layer: DenseParameters; readonly input: tf.Tensor2D };
}

function hiddenLayer(input: tf.Tensor2D, layer: DenseParameters): HiddenLayer {
  const output = tf.relu(dense(input, layer));
  return {
    output,
    backward: (outputGradient) => {
      const gradient = gateByOutput(outputGradient, output);
      return { layer: denseGradients(input, gradient), input: productRightTransposed(gradient, layer.kernel) };
    },
  };
}

/** One-hot descriptors of a head, shape [row, head]. */
function oneHotRows(rows: number, head: number, heads: number): tf.Tensor2D {
  const values = Float32Array.from({ length: rows * heads }, (_, index) => Number(index % heads === head));
  return tf.tensor2d(values, [rows, heads]);
}
