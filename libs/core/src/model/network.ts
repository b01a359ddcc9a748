/**
 * The network as a pair of functions over flat parameters: loss with gradient, and predictions. It holds no state and
 * leaves no tensor behind.
 */

import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../math/random.js';
import { coreFeatures, trainCore } from './core.js';
import { dropoutMasks } from './dropout.js';
import { runHead, trainHeads, type Targets } from './heads.js';
import { addL2 } from './l2.js';
import { layoutOf, type ParameterLayout } from './layout.js';
import { softmax } from './losses.js';
import type { NetworkSpec } from './network-spec.js';
import { convolutionParameters, parameterTensors, type ParameterTensors } from './parameter-tensors.js';
import type { ConvolutionParameters } from './convolution-layer.js';

/** Windows to learn from. */
export interface Batch {
  /** [window, time, channel] */
  readonly values: Float32Array;
  /** For each head [window, output]: class probabilities (`exclusive`), 0 or 1 (`independent`). */
  readonly targets: Targets;
}

export interface StepOptions {
  /** Draws this step's dropout. */
  readonly rng: Rng;
  /** Parts that learn (`conv3`, `activity`); the others keep their values. */
  readonly trainable: ReadonlySet<string>;
}

export interface Network {
  readonly spec: NetworkSpec;
  readonly layout: ParameterLayout;
  /**
   * The loss on a batch: the sum of the heads' losses and of `l2` times the squared convolution kernels. Writes its
   * gradient over `gradient`: all slots, zero where a part does not learn.
   */
  lossAndGradient(parameters: Float32Array, batch: Batch, options: StepOptions, gradient: Float32Array): number;
  /**
   * Class probabilities [window, class] of an `exclusive` head, without dropout.
   *
   * @param values - [window, time, channel]
   */
  predict(parameters: Float32Array, values: Float32Array, head: string): Float32Array;
}

/** Builds the functions of a network. A tfjs backend must be ready when they are called. */
export function createNetwork(spec: NetworkSpec): Network {
  const layout = layoutOf(spec);
  const masks = spec.dropoutRate > 0 ? dropoutMasks(spec.dropoutRate) : undefined;
  return {
    spec,
    layout,
    lossAndGradient: (parameters, batch, { rng, trainable }, gradient) => {
      gradient.fill(0);
      const slots = new Map(layout.slots.filter(({ part }) => trainable.has(part)).map((slot) => [slot.name, slot]));
      const sink = (name: string, values: tf.Tensor): void => {
        const slot = slots.get(name);
        if (slot) {
          gradient.set(values.dataSync<'float32'>(), slot.offset);
        }
      };
      const loss = tf.tidy(() => {
        const tensors = parameterTensors(layout, parameters);
        const core = trainCore(windowTensor(spec, batch.values), convolutions(spec, tensors), masks && { masks, rng });
        const heads = trainHeads(spec.heads, core.features, { tensors, targets: batch.targets, sink });
        const learning = spec.convolutions.map((_, index) => trainable.has(`conv${index + 1}`));
        core.backward(heads.featureGradient, learning, (layer, kernel, bias) => {
          sink(`conv${layer + 1}/kernel`, kernel);
          sink(`conv${layer + 1}/bias`, bias);
        });
        return heads.loss;
      });
      return loss + addL2(layout, spec.l2, { parameters, gradient, trainable });
    },
    predict: (parameters, values, headName) => {
      const head = spec.heads.find(({ name }) => name === headName);
      if (head?.kind !== 'exclusive') {
        throw new Error(`"${headName}" is not an exclusive head of this network`);
      }
      const logits = tf.tidy(() => {
        const tensors = parameterTensors(layout, parameters);
        const features = coreFeatures(windowTensor(spec, values), convolutions(spec, tensors));
        return runHead(head, features, tensors).logits.dataSync<'float32'>();
      });
      return softmax(logits, head.outputs.length);
    },
  };
}

/** [window, time, channel] as [window, 1, time, channel]. */
function windowTensor({ window }: NetworkSpec, values: Float32Array): tf.Tensor4D {
  const count = values.length / (window.length * window.channels);
  return tf.tensor4d(values, [count, 1, window.length, window.channels]);
}

function convolutions(spec: NetworkSpec, tensors: ParameterTensors): readonly ConvolutionParameters[] {
  return spec.convolutions.map((_, index) => convolutionParameters(tensors, `conv${index + 1}`));
}
