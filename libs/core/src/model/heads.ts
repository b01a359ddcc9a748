/** All heads of a network on the same features: their losses, and the way back. */

import * as tf from '@tensorflow/tfjs-core';
import { headKinds } from './head-kinds.js';
import type { Head } from './head.js';
import { independentHead } from './independent-head.js';
import { linearHead } from './linear-head.js';
import type { LossAtLogits } from './losses.js';
import type { ByHead, HeadSpec } from './network-spec.js';
import { denseParameters, type ParameterTensors } from './parameter-tensors.js';
import { sharedHead } from './shared-head.js';

/** What the heads should have answered, and how much each window counts. */
export interface Labels {
  /** [window, output]; NaN where a label is missing. */
  readonly targets: ByHead<Float32Array>;
  /** [window]; what a window's loss in a head is multiplied by, 1 where there is none. */
  readonly weights?: ByHead<Float32Array>;
}

export interface HeadsRun {
  /** The loss of each head, before its weight. */
  readonly losses: ByHead<number>;
  /** [window, feature]; summed over the heads, each with its weight. */
  readonly featureGradient: tf.Tensor2D;
}

/** Receives the gradient of one slot; the tensor is disposed afterwards. */
export type GradientSink = (slot: string, gradient: tf.Tensor) => void;

export function runHead(head: HeadSpec, features: tf.Tensor2D, tensors: ParameterTensors): Head {
  const output = denseParameters(tensors, `${head.name}/output`);
  if (head.hiddenUnits === 0) {
    return linearHead(features, output);
  }
  const hidden = denseParameters(tensors, `${head.name}/hidden`);
  return head.kind === 'independent' ? independentHead(features, hidden, output) : sharedHead(features, hidden, output);
}

interface HeadsTraining {
  readonly tensors: ParameterTensors;
  readonly labels: Labels;
  /** What each head's loss is multiplied by; 1 where none is given. */
  readonly lossWeights: ByHead<number>;
  readonly sink: GradientSink;
}

/** Runs every head forward and back. */
export function trainHeads(
  heads: readonly HeadSpec[],
  features: tf.Tensor2D,
  { tensors, labels, lossWeights, sink }: HeadsTraining,
): HeadsRun {
  const losses: Record<string, number> = {};
  const featureGradient = tf.tidy(() => {
    const reaching = heads.map((spec) => {
      const head = runHead(spec, features, tensors);
      const { loss, gradient } = lossAtLogits(spec, head.logits.dataSync<'float32'>(), labels);
      losses[spec.name] = loss;
      const weight = lossWeights[spec.name] ?? 1;
      const weighted = gradient.map((value) => weight * value);
      const { layers, features: reachingFeatures } = head.backward(tf.tensor2d(weighted, head.logits.shape));
      for (const [layer, { kernel, bias }] of Object.entries(layers)) {
        sink(`${spec.name}/${layer}/kernel`, kernel);
        sink(`${spec.name}/${layer}/bias`, bias);
      }
      return reachingFeatures;
    });
    return tf.addN(reaching);
  });
  return { losses, featureGradient };
}

/** The loss of one head on a batch, and its gradient. */
export function lossAtLogits(head: HeadSpec, logits: Float32Array, labels: Labels): LossAtLogits {
  const targets = labels.targets[head.name];
  const weights = labels.weights?.[head.name];
  const rows = logits.length / head.outputs.length;
  if (targets?.length !== logits.length) {
    throw new Error(`Head "${head.name}": expected ${logits.length} targets, got ${targets?.length ?? 'none'}`);
  }
  if (weights && weights.length !== rows) {
    throw new Error(`Head "${head.name}": expected ${rows} weights, got ${weights.length}`);
  }
  return headKinds[head.kind].loss(logits, { targets, weights }, head.outputs.length);
}
