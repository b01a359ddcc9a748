/**
 * The network as functions of flat parameters: loss with gradient, predictions and features. It has no state and leaves
 * no tensors behind.
 */

import * as tf from '@tensorflow/tfjs-core';
import { InvalidInput } from '../errors.js';
import type { Rng } from '../math/random.js';
import { coreLayers, coreFeatures, trainCore } from './core.js';
import { dropoutMasks, type DropoutMasks } from './layers/dropout.js';
import { headKinds } from './head-kinds/head-kinds.js';
import { unknownHeads, type ByHead, type HeadSpec, type NetworkSpec } from './network-spec.js';
import { headLogits, lossAtLogits, trainHeads, type Labels } from './heads/heads.js';
import { layoutOf, type ParameterLayout } from './parameters/layout.js';
import { ownConvolutionParts } from './parameters/network-parts.js';
import { parameterTensors } from './parameters/parameter-tensors.js';
import { addPenaltyGradient, penaltyOf } from './penalties.js';

/**
 * Windows to learn from. The targets of each head, shape [window, output], are class probabilities, 0 or 1, or numbers,
 * by its kind; NaN where a label is missing, which in a head of classes holds for all classes of a window. The weights
 * of a head, shape [window], are the factors of each window's loss in this head.
 */
export interface Batch extends Labels {
  /** Shape [window, time, channel]. */
  readonly values: Float32Array;
}

/** What a training step takes beside the batch and the parameters. */
export interface StepOptions {
  /** Random source of this step's dropout. */
  readonly rng: Rng;
  /** Parts that learn (`conv3`, `activity`, `activity.conv3`, `shared.hidden`); the others keep their values. */
  readonly trainable: ReadonlySet<string>;
  /** The factor of each head's loss; 1 where absent. */
  readonly lossWeights?: ByHead<number>;
}

/** The loss of a network on a batch. */
export interface BatchLoss {
  /** The sum of the heads' weighted losses and the penalties on the convolutions: weight decay and soft sharing. */
  readonly loss: number;
  /** The unweighted loss of each head. */
  readonly heads: ByHead<number>;
}

/** A network without parameters of its own: they are an argument of its functions. */
export interface Network {
  readonly spec: NetworkSpec;
  readonly layout: ParameterLayout;
  /**
   * The loss on a batch: the sum of the heads' losses, of `l2` times the squared convolution kernels, and of
   * `softSharing` times the squared distances of the heads' own convolutions. Writes its gradient over all slots of
   * `gradient`, zero where a part does not learn.
   *
   * @throws Error when a head has no targets, and InvalidInput when `lossWeights` names an unknown head or has a weight
   *   below 0.
   */
  lossAndGradient(parameters: Float32Array, batch: Batch, options: StepOptions, gradient: Float32Array): BatchLoss;
  /** The same loss without dropout and without gradient, with weight 1 for every head: for validation. */
  loss(parameters: Float32Array, batch: Batch): number;
  /**
   * Predictions of a head without dropout, shape [window, output]: probabilities of the classes, probabilities of yes,
   * or numbers, by its kind.
   *
   * @param values - Shape [window, time, channel]
   */
  predict(parameters: Float32Array, values: Float32Array, head: string): Float32Array;
  /**
   * The features that the core gives the heads, without dropout, shape [window, feature].
   *
   * @param values - Shape [window, time, channel]
   * @param head - The head whose features to compute; required where heads have convolutions of their own.
   * @throws Error when a head is required and none is given, and when there is no such head.
   */
  features(parameters: Float32Array, values: Float32Array, head?: string): Float32Array;
}

/**
 * Builds the functions of a network. A tfjs backend must be ready when they are called.
 *
 * @throws InvalidInput where `layoutOf` does.
 */
export function createNetwork(spec: NetworkSpec): Network {
  const layout = layoutOf(spec);
  const masks = spec.dropoutRate > 0 ? dropoutMasks(spec.dropoutRate) : undefined;
  const parts = { spec, layout };
  return {
    spec,
    layout,
    lossAndGradient: (parameters, batch, options, gradient) => {
      checkLossWeights(spec, options);
      gradient.fill(0);
      const heads = tf.tidy(() => forwardAndBack({ ...parts, masks }, { parameters, batch, options, gradient }));
      addPenaltyGradient(parts, { parameters, gradient, trainable: options.trainable });
      return { loss: weightedSum(heads, options.lossWeights) + penaltyOf(parts, parameters), heads };
    },
    loss: (parameters, batch) => {
      const logits = logitsOf(parts, parameters, batch.values, spec.heads);
      const losses = spec.heads.map((head, index) => lossAtLogits(head, logits[index]!, batch).loss);
      return losses.reduce((sum, loss) => sum + loss, 0) + penaltyOf(parts, parameters);
    },
    predict: (parameters, values, headName) => {
      const head = headCalled(spec, headName);
      const [logits] = logitsOf(parts, parameters, values, [head]);
      return headKinds[head.kind].predictions(logits!, head.outputs.length);
    },
    features: (parameters, values, headName) => {
      const layersOf = featureHead(spec, headName);
      return tf.tidy(() => {
        const tensors = parameterTensors(layout, parameters);
        const [features] = coreFeatures(windowTensor(spec, values), coreLayers(spec, tensors, [layersOf]));
        return features!.dataSync<'float32'>();
      });
    },
  };
}

function headCalled(spec: NetworkSpec, name: string): HeadSpec {
  const head = spec.heads.find((each) => each.name === name);
  if (!head) {
    throw new Error(`"${name}" is not a head of this network`);
  }
  return head;
}

/** Name of the head whose features to compute; an empty string where all heads have the same. */
function featureHead(spec: NetworkSpec, name: string | undefined): string {
  if (name !== undefined) {
    return headCalled(spec, name).name;
  }
  const [apart] = spec.heads.filter((head) => ownConvolutionParts(spec, head.name).length > 0);
  if (apart) {
    throw new Error('Expected the name of a head, since each has features of its own');
  }
  return '';
}

interface Parts {
  readonly spec: NetworkSpec;
  readonly layout: ParameterLayout;
}

interface Step {
  readonly parameters: Float32Array;
  readonly batch: Batch;
  readonly options: StepOptions;
  readonly gradient: Float32Array;
}

/** Writes the gradient of the heads' losses and returns the losses. */
function forwardAndBack(
  { spec, layout, masks }: Parts & { readonly masks: DropoutMasks | undefined },
  { parameters, batch, options, gradient }: Step,
): ByHead<number> {
  const { rng, trainable, lossWeights = {} } = options;
  const slots = new Map(layout.slots.filter(({ part }) => trainable.has(part)).map((slot) => [slot.name, slot]));
  const sink = (name: string, values: tf.Tensor): void => {
    const slot = slots.get(name);
    if (slot) {
      gradient.set(values.dataSync<'float32'>(), slot.offset);
    }
  };
  const tensors = parameterTensors(layout, parameters);
  const layers = coreLayers(
    spec,
    tensors,
    spec.heads.map(({ name }) => name),
  );
  const core = trainCore(windowTensor(spec, batch.values), layers, masks && { masks, rng });
  const { losses, featureGradients } = trainHeads(spec, core.features, { tensors, labels: batch, lossWeights, sink });
  core.backward(featureGradients, { trainable, sink });
  return losses;
}

/** The logits of each of `heads`, without dropout, shape [window, output]. */
function logitsOf(
  { spec, layout }: Parts,
  parameters: Float32Array,
  values: Float32Array,
  heads: readonly HeadSpec[],
): readonly Float32Array[] {
  return tf.tidy(() => {
    const tensors = parameterTensors(layout, parameters);
    const names = heads.map(({ name }) => name);
    const features = coreFeatures(windowTensor(spec, values), coreLayers(spec, tensors, names));
    return heads.map((head, index) => headLogits(spec, head, features[index]!, tensors).dataSync<'float32'>());
  });
}

function weightedSum(losses: ByHead<number>, weights: ByHead<number> = {}): number {
  return Object.entries(losses).reduce((sum, [head, loss]) => sum + (weights[head] ?? 1) * loss, 0);
}

function checkLossWeights({ heads }: NetworkSpec, { lossWeights = {} }: StepOptions): void {
  const names = heads.map(({ name }) => name);
  const outOfRange = Object.entries(lossWeights)
    .filter(([, weight]) => !(weight >= 0 && weight < Infinity))
    .map(([path, weight]) => ({ path, message: `expected 0 or more, found ${weight}` }));
  const issues = [...unknownHeads(Object.keys(lossWeights), names), ...outOfRange];
  if (issues.length > 0) {
    throw new InvalidInput('loss weights', issues);
  }
}

/** Reshapes [window, time, channel] to [window, 1, time, channel]. */
function windowTensor({ window }: NetworkSpec, values: Float32Array): tf.Tensor4D {
  const count = values.length / (window.length * window.channels);
  return tf.tensor4d(values, [count, 1, window.length, window.channels]);
}
