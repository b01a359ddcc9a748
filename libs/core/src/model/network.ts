/**
 * The network as a pair of functions over flat parameters: loss with gradient, and predictions. It holds no state and
 * leaves no tensor behind.
 */

import * as tf from '@tensorflow/tfjs-core';
import { InvalidInput } from '../errors.js';
import type { Rng } from '../math/random.js';
import type { ConvolutionParameters } from './convolution-layer.js';
import { coreFeatures, trainCore } from './core.js';
import { dropoutMasks, type DropoutMasks } from './dropout.js';
import { headKinds } from './head-kinds.js';
import { unknownHeads } from './head-names.js';
import { lossAtLogits, runHead, trainHeads, type Labels } from './heads.js';
import { addL2Gradient, l2Penalty } from './l2.js';
import { layoutOf, type ParameterLayout } from './layout.js';
import type { ByHead, HeadSpec, NetworkSpec } from './network-spec.js';
import { convolutionParameters, parameterTensors, type ParameterTensors } from './parameter-tensors.js';

/**
 * Windows to learn from. Targets, for each head [window, output]: class probabilities (`exclusive`), 0 or 1
 * (`independent`, `multi-label`), numbers (`regression`); NaN where a label is missing, in an exclusive head for all
 * classes of a window. Weights, for a head [window]: what each window's loss in this head is multiplied by.
 */
export interface Batch extends Labels {
  /** [window, time, channel] */
  readonly values: Float32Array;
}

export interface StepOptions {
  /** Draws this step's dropout. */
  readonly rng: Rng;
  /** Parts that learn (`conv3`, `activity`); the others keep their values. */
  readonly trainable: ReadonlySet<string>;
  /** What each head's loss is multiplied by; 1 where none is given. */
  readonly lossWeights?: ByHead<number>;
}

export interface BatchLoss {
  /** The heads' losses, each times its weight, and the penalty of the convolution kernels. */
  readonly loss: number;
  /** The loss of each head, before its weight. */
  readonly heads: ByHead<number>;
}

export interface Network {
  readonly spec: NetworkSpec;
  readonly layout: ParameterLayout;
  /**
   * The loss on a batch: the sum of the heads' losses and of `l2` times the squared convolution kernels. Writes its
   * gradient over `gradient`: all slots, zero where a part does not learn.
   *
   * @throws Error when a head has no targets, and InvalidInput when `lossWeights` names no head or is below 0.
   */
  lossAndGradient(parameters: Float32Array, batch: Batch, options: StepOptions, gradient: Float32Array): BatchLoss;
  /** The same loss without dropout and without gradient, every head with weight 1: for validation. */
  loss(parameters: Float32Array, batch: Batch): number;
  /**
   * Predictions [window, output] of a head, without dropout: probabilities of the classes (`exclusive`) or of yes
   * (`independent`, `multi-label`), values (`regression`).
   *
   * @param values - [window, time, channel]
   */
  predict(parameters: Float32Array, values: Float32Array, head: string): Float32Array;
  /** What the core gives its heads, [window, feature], without dropout. @param values - [window, time, channel] */
  features(parameters: Float32Array, values: Float32Array): Float32Array;
}

/** Builds the functions of a network. A tfjs backend must be ready when they are called. */
export function createNetwork(spec: NetworkSpec): Network {
  const layout = layoutOf(spec);
  const masks = spec.dropoutRate > 0 ? dropoutMasks(spec.dropoutRate) : undefined;
  const penalty = (parameters: Float32Array): number => l2Penalty(layout, spec.l2, parameters);
  return {
    spec,
    layout,
    lossAndGradient: (parameters, batch, options, gradient) => {
      checkLossWeights(spec, options);
      gradient.fill(0);
      const heads = tf.tidy(() => forwardAndBack({ spec, layout, masks }, { parameters, batch, options, gradient }));
      addL2Gradient(layout, spec.l2, { parameters, gradient, trainable: options.trainable });
      return { loss: weightedSum(heads, options.lossWeights) + penalty(parameters), heads };
    },
    loss: (parameters, batch) => {
      const logits = logitsOf({ spec, layout }, parameters, batch.values, spec.heads);
      const losses = spec.heads.map((head, index) => lossAtLogits(head, logits[index]!, batch).loss);
      return losses.reduce((sum, loss) => sum + loss, 0) + penalty(parameters);
    },
    predict: (parameters, values, headName) => {
      const head = spec.heads.find(({ name }) => name === headName);
      if (!head) {
        throw new Error(`"${headName}" is not a head of this network`);
      }
      const [logits] = logitsOf({ spec, layout }, parameters, values, [head]);
      return headKinds[head.kind].predictions(logits!, head.outputs.length);
    },
    features: (parameters, values) =>
      tf.tidy(() => {
        const tensors = parameterTensors(layout, parameters);
        return coreFeatures(windowTensor(spec, values), convolutions(spec, tensors)).dataSync<'float32'>();
      }),
  };
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
  const core = trainCore(windowTensor(spec, batch.values), convolutions(spec, tensors), masks && { masks, rng });
  const { losses, featureGradient } = trainHeads(spec.heads, core.features, {
    tensors,
    labels: batch,
    lossWeights,
    sink,
  });
  const learning = spec.convolutions.map((_, index) => trainable.has(`conv${index + 1}`));
  core.backward(featureGradient, learning, (layer, kernel, bias) => {
    sink(`conv${layer + 1}/kernel`, kernel);
    sink(`conv${layer + 1}/bias`, bias);
  });
  return losses;
}

/** The logits [window, output] of each of `heads`, without dropout. */
function logitsOf(
  { spec, layout }: Parts,
  parameters: Float32Array,
  values: Float32Array,
  heads: readonly HeadSpec[],
): readonly Float32Array[] {
  return tf.tidy(() => {
    const tensors = parameterTensors(layout, parameters);
    const features = coreFeatures(windowTensor(spec, values), convolutions(spec, tensors));
    return heads.map((head) => runHead(head, features, tensors).logits.dataSync<'float32'>());
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

/** [window, time, channel] as [window, 1, time, channel]. */
function windowTensor({ window }: NetworkSpec, values: Float32Array): tf.Tensor4D {
  const count = values.length / (window.length * window.channels);
  return tf.tensor4d(values, [count, 1, window.length, window.channels]);
}

function convolutions(spec: NetworkSpec, tensors: ParameterTensors): readonly ConvolutionParameters[] {
  return spec.convolutions.map((_, index) => convolutionParameters(tensors, `conv${index + 1}`));
}
