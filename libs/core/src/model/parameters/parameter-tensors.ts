/** Converts the flat parameters to the tensors that the layers use. */

import * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionParameters } from '../layers/convolution-layer.js';
import type { DenseParameters } from '../heads/head.js';
import type { ParameterLayout } from './layout.js';

/** Tensors, keyed by slot name. */
export type ParameterTensors = ReadonlyMap<string, tf.Tensor>;

/** One tensor per slot; the caller's tidy releases them. */
export function parameterTensors(layout: ParameterLayout, parameters: Float32Array): ParameterTensors {
  return new Map(
    layout.slots.map(({ name, shape, offset, size }) => [
      name,
      tf.tensor(parameters.subarray(offset, offset + size), [...shape]),
    ]),
  );
}

/** Kernel and bias of a convolution; the kernel as [1, time, in, out]. */
export function convolutionParameters(tensors: ParameterTensors, part: string): ConvolutionParameters {
  const kernel = tensors.get(`${part}/kernel`) as tf.Tensor3D;
  return {
    kernel: tf.reshape(kernel, [1, ...kernel.shape]),
    bias: tensors.get(`${part}/bias`) as tf.Tensor1D,
  };
}

/** Kernel and bias of a dense layer such as `activity/hidden`. */
export function denseParameters(tensors: ParameterTensors, layer: string): DenseParameters {
  return {
    kernel: tensors.get(`${layer}/kernel`) as tf.Tensor2D,
    bias: tensors.get(`${layer}/bias`) as tf.Tensor1D,
  };
}
