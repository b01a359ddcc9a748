/**
 * Ways to tell one network which task a row belongs to: a descriptor z, such as a one-hot vector, is combined with the
 * features h. It is concatenated, [h; z]; added, h + z U, which is equivalent before a linear layer; or used as a gate,
 * h · σ(z U) (Perez et al. 2018, arXiv 1709.07871, for gates of this family). The caller's tidy releases the tensors.
 */

import * as tf from '@tensorflow/tfjs-core';
import { productLeftTransposed } from './head.js';

/** Features combined with a descriptor, and their backward pass. */
export interface DescribedFeatures<Gradients> {
  /** Shape [row, feature]. */
  readonly features: tf.Tensor2D;
  /** Gradients of what was combined, from the gradient of the result. */
  backward(gradient: tf.Tensor2D): Gradients;
}

/** The gradient behind a task descriptor. */
export interface FeatureGradient {
  /** Gradient of the features before they were combined, shape [row, feature]. */
  readonly features: tf.Tensor2D;
}

/** The gradients behind a task descriptor that has parameters of its own. */
export interface DescriptorGradients extends FeatureGradient {
  /** Shape [descriptor, feature]. */
  readonly kernel: tf.Tensor2D;
}

/** `[h; z]`, of shape [row, feature + descriptor]. */
export function concatenateDescriptor(
  features: tf.Tensor2D,
  descriptors: tf.Tensor2D,
): DescribedFeatures<FeatureGradient> {
  return {
    features: tf.concat([features, descriptors], 1),
    backward: (gradient) => ({ features: tf.slice(gradient, [0, 0], features.shape) }),
  };
}

/** h + z U; kernel U: shape [descriptor, feature]. */
export function addDescriptor(
  features: tf.Tensor2D,
  descriptors: tf.Tensor2D,
  kernel: tf.Tensor2D,
): DescribedFeatures<DescriptorGradients> {
  return {
    features: tf.add(features, tf.matMul(descriptors, kernel)),
    backward: (gradient) => ({ features: gradient, kernel: productLeftTransposed(descriptors, gradient) }),
  };
}

/** h · σ(z U); kernel U: shape [descriptor, feature]. */
export function gateByDescriptor(
  features: tf.Tensor2D,
  descriptors: tf.Tensor2D,
  kernel: tf.Tensor2D,
): DescribedFeatures<DescriptorGradients> {
  const gate = tf.sigmoid(tf.matMul(descriptors, kernel));
  const gated = tf.mul<tf.Tensor2D>(features, gate);
  return {
    features: gated,
    backward: (gradient) => {
      const reachingGate = tf.mul<tf.Tensor2D>(tf.mul(gradient, gated), tf.sub(1, gate)); // σ' = σ (1 - σ)
      return {
        features: tf.mul(gradient, gate),
        kernel: productLeftTransposed(descriptors, reachingGate),
      };
    },
  };
}
