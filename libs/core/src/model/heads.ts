/** All heads of a network on the same features: their losses added up, and the way back. */

import * as tf from '@tensorflow/tfjs-core';
import { exclusiveHead } from './exclusive-head.js';
import type { Head } from './head.js';
import { independentHead } from './independent-head.js';
import { sigmoidCrossEntropy, softmaxCrossEntropy, type LossAtLogits } from './losses.js';
import type { HeadSpec } from './network-spec.js';
import { headParameters, type ParameterTensors } from './parameter-tensors.js';

/** Targets of each head, [window, output]. */
export type Targets = Readonly<Record<string, Float32Array>>;

export interface HeadsRun {
  readonly loss: number;
  /** [window, feature]; summed over the heads. */
  readonly featureGradient: tf.Tensor2D;
}

/** Receives the gradient of one slot; the tensor is disposed afterwards. */
export type GradientSink = (slot: string, gradient: tf.Tensor) => void;

export function runHead(head: HeadSpec, features: tf.Tensor2D, tensors: ParameterTensors): Head {
  const parameters = headParameters(tensors, head.name);
  return head.kind === 'exclusive' ? exclusiveHead(features, parameters) : independentHead(features, parameters);
}

/** Runs every head forward and back. */
export function trainHeads(
  heads: readonly HeadSpec[],
  features: tf.Tensor2D,
  { tensors, targets, sink }: { tensors: ParameterTensors; targets: Targets; sink: GradientSink },
): HeadsRun {
  let loss = 0;
  const featureGradient = tf.tidy(() => {
    const reaching = heads.map((spec) => {
      const head = runHead(spec, features, tensors);
      const atLogits = lossAtLogits(spec, head.logits.dataSync<'float32'>(), targets);
      loss += atLogits.loss;
      const gradients = head.backward(tf.tensor2d(atLogits.gradient, head.logits.shape));
      sink(`${spec.name}/hidden/kernel`, gradients.hiddenKernel);
      sink(`${spec.name}/hidden/bias`, gradients.hiddenBias);
      sink(`${spec.name}/output/kernel`, gradients.outputKernel);
      sink(`${spec.name}/output/bias`, gradients.outputBias);
      return gradients.features;
    });
    return tf.addN(reaching);
  });
  return { loss, featureGradient };
}

function lossAtLogits(head: HeadSpec, logits: Float32Array, targets: Targets): LossAtLogits {
  const target = targets[head.name];
  if (target?.length !== logits.length) {
    throw new Error(`Head "${head.name}": expected ${logits.length} targets, got ${target?.length ?? 'none'}`);
  }
  return head.kind === 'exclusive'
    ? softmaxCrossEntropy(logits, target, head.outputs.length)
    : sigmoidCrossEntropy(logits, target, head.outputs.length);
}
