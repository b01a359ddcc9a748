/** All heads of a network on their features: their losses, and the way back. */

import * as tf from '@tensorflow/tfjs-core';
import type { GradientSink } from '../layers/convolution-stack.js';
import { headKinds } from '../head-kinds/head-kinds.js';
import type { Head } from './head.js';
import { independentHead } from './independent-head.js';
import { linearHead } from './linear-head.js';
import type { LossAtLogits } from './losses.js';
import { SHARED_HIDDEN } from '../parameters/network-parts.js';
import type { ByHead, HeadSpec, NetworkSpec } from '../network-spec.js';
import { denseParameters, type ParameterTensors } from '../parameters/parameter-tensors.js';
import { sharedHead } from './shared-head.js';
import {
  sharedHiddenLayer,
  sharedHiddenParameters,
  type SharedHiddenParameters,
  type SharedHiddenRun,
} from './shared-hidden-layer.js';

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
  /** For each head [window, feature], times its weight. */
  readonly featureGradients: readonly tf.Tensor2D[];
}

/** A head at one point, and the hidden layer under it where the heads share one. */
interface HeadRun {
  readonly head: Head;
  readonly hidden: SharedHiddenRun | undefined;
}

/** The logits [window, output] of a head. */
export function headLogits(
  spec: NetworkSpec,
  head: HeadSpec,
  features: tf.Tensor2D,
  tensors: ParameterTensors,
): tf.Tensor2D {
  return runHead(spec, head, features, tensors).head.logits;
}

function runHead(spec: NetworkSpec, head: HeadSpec, features: tf.Tensor2D, tensors: ParameterTensors): HeadRun {
  if (!spec.sharedHidden) {
    return { head: ownLayers(head, features, tensors), hidden: undefined };
  }
  const number = spec.heads.findIndex(({ name }) => name === head.name);
  const layer = sharedHiddenParameters(tensors);
  const hidden = sharedHiddenLayer(features, number, layer, spec.sharedHidden.descriptor);
  return { head: ownLayers(head, hidden.output, tensors), hidden };
}

function ownLayers(head: HeadSpec, features: tf.Tensor2D, tensors: ParameterTensors): Head {
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

/**
 * Runs every head forward and back.
 *
 * @param features - For each head, [window, feature]
 */
export function trainHeads(
  network: NetworkSpec,
  features: readonly tf.Tensor2D[],
  { tensors, labels, lossWeights, sink }: HeadsTraining,
): HeadsRun {
  const losses: Record<string, number> = {};
  const featureGradients = tf.tidy(() => {
    const ofShared: SharedHiddenParameters[] = [];
    const reaching = network.heads.map((spec, number) => {
      const { head, hidden } = runHead(network, spec, features[number]!, tensors);
      const { loss, gradient } = lossAtLogits(spec, head.logits.dataSync<'float32'>(), labels);
      losses[spec.name] = loss;
      const weight = lossWeights[spec.name] ?? 1;
      const weighted = gradient.map((value) => weight * value);
      const { layers, features: reachingFeatures } = head.backward(tf.tensor2d(weighted, head.logits.shape));
      for (const [layer, { kernel, bias }] of Object.entries(layers)) {
        sink(`${spec.name}/${layer}/kernel`, kernel);
        sink(`${spec.name}/${layer}/bias`, bias);
      }
      if (!hidden) {
        return reachingFeatures;
      }
      const below = hidden.backward(reachingFeatures);
      ofShared.push(below.layer);
      return below.features;
    });
    sinkSum(ofShared, sink);
    return reaching;
  });
  return { losses, featureGradients };
}

/** What the heads share learns from the sum over them. */
function sinkSum(gradients: readonly SharedHiddenParameters[], sink: GradientSink): void {
  if (gradients.length > 0) {
    sink(`${SHARED_HIDDEN}/kernel`, tf.addN(gradients.map(({ kernel }) => kernel)));
    sink(`${SHARED_HIDDEN}/bias`, tf.addN(gradients.map(({ bias }) => bias)));
    sink(`${SHARED_HIDDEN}/descriptor`, tf.addN(gradients.map(({ descriptor }) => descriptor)));
  }
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
