/** Runs all heads of a network on their features: their losses, and the gradients. */

import * as tf from '@tensorflow/tfjs-core';
import { headKinds } from '../head-kinds/head-kinds.js';
import type { GradientSink } from '../layers/convolution-stack.js';
import { gateByOutput } from '../layers/kernels.js';
import type { ByHead, HeadSpec, NetworkSpec } from '../network-spec.js';
import { SHARED_HIDDEN } from '../parameters/network-parts.js';
import { denseParameters, type ParameterTensors } from '../parameters/parameter-tensors.js';
import { dense, denseGradients, type DenseParameters, type Head, productRightTransposed } from './head.js';
import type { LossAtLogits } from './losses.js';
import {
  sharedHiddenLayer,
  sharedHiddenParameters,
  type SharedHiddenParameters,
  type SharedHiddenRun,
} from './shared-hidden-layer.js';

/** The targets of the heads, and how much each window counts. */
export interface Labels {
  /** Shape [window, output]; NaN where a label is missing. */
  readonly targets: ByHead<Float32Array>;
  /** The factor of each window's loss in a head, shape [window]; 1 where absent. */
  readonly weights?: ByHead<Float32Array>;
}

export interface HeadsRun {
  /** The loss of each head, before it is multiplied by its weight. */
  readonly losses: ByHead<number>;
  /** Weighted gradients of each head's features, shape [window, feature]. */
  readonly featureGradients: readonly tf.Tensor2D[];
}

/** The result of running a head forward, with the hidden layer below it where the heads share one. */
interface HeadRun {
  readonly head: Head;
  readonly hidden: SharedHiddenRun | undefined;
}

/** The logits of a head, shape [window, output]. */
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
  /** The factor of each head's loss; 1 where absent. */
  readonly lossWeights: ByHead<number>;
  readonly sink: GradientSink;
}

/**
 * Runs every head forward and backward.
 *
 * @param features - For each head, shape [window, feature]
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

/** The gradients of the shared layer are the sums over the heads. */
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

/**
 * A head with several yes-or-no outputs, each on hidden units of its own; the sigmoid belongs to the loss. The hidden
 * layers of all outputs are concatenated and run as one matrix product.
 *
 * @param features - Shape [window, feature]
 * @param hiddenLayer - Kernel [feature, output x hidden].
 * @param output - Kernel [output, hidden].
 */
function independentHead(features: tf.Tensor2D, hiddenLayer: DenseParameters, output: DenseParameters): Head {
  const windows = features.shape[0];
  const [outputs, units] = output.kernel.shape;
  const hidden = tf.relu(dense(features, hiddenLayer));
  const hiddenOfOutput = tf.reshape(hidden, [windows, outputs, units]);
  return {
    logits: tf.add(tf.sum(tf.mul(hiddenOfOutput, output.kernel), 2), output.bias),
    backward: (logitGradient) => {
      const gradientOfOutput = tf.reshape(logitGradient, [windows, outputs, 1]);
      const reaching = tf.reshape(tf.mul(gradientOfOutput, output.kernel), [windows, outputs * units]);
      const hiddenGradient = gateByOutput(reaching as tf.Tensor2D, hidden);
      return {
        layers: {
          hidden: denseGradients(features, hiddenGradient),
          output: { kernel: tf.sum(tf.mul(hiddenOfOutput, gradientOfOutput), 0), bias: tf.sum(logitGradient, 0) },
        },
        features: productRightTransposed(hiddenGradient, hiddenLayer.kernel),
      };
    },
  };
}

/**
 * A head of one dense layer, as in linear evaluation.
 *
 * @param features - Shape [window, feature]
 * @param output - Kernel [feature, output].
 */
function linearHead(features: tf.Tensor2D, output: DenseParameters): Head {
  return {
    logits: dense(features, output),
    backward: (logitGradient) => ({
      layers: { output: denseGradients(features, logitGradient) },
      features: productRightTransposed(logitGradient, output.kernel),
    }),
  };
}

/**
 * A head whose outputs share one hidden layer: dense ReLU, dense. The output activation belongs to the loss.
 *
 * @param features - Shape [window, feature]
 * @param hiddenLayer - Kernel [feature, hidden].
 * @param output - Kernel [hidden, output].
 */
function sharedHead(features: tf.Tensor2D, hiddenLayer: DenseParameters, output: DenseParameters): Head {
  const hidden = tf.relu(dense(features, hiddenLayer));
  return {
    logits: dense(hidden, output),
    backward: (logitGradient) => {
      const hiddenGradient = gateByOutput(productRightTransposed(logitGradient, output.kernel), hidden);
      return {
        layers: { hidden: denseGradients(features, hiddenGradient), output: denseGradients(hidden, logitGradient) },
        features: productRightTransposed(hiddenGradient, hiddenLayer.kernel),
      };
    },
  };
}
