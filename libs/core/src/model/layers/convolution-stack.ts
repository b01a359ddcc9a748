/** A stack of convolution layers: forward, and backward to the gradients of those that learn. */

import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../math/random.js';
import { convolutionLayer, type ConvolutionParameters, type Layer, type LayerDropout } from './convolution-layer.js';
import type { DropoutMasks } from './dropout.js';
import { pooledConvolutionLayer } from './pooled-convolution-layer.js';

/** A convolution of a network. */
export interface CoreLayer {
  /** Name of the part: `conv1`, `activity.conv3`. */
  readonly part: string;
  /** Its level in the core, from 0: copies at the same level have the same dropout. */
  readonly level: number;
  readonly parameters: ConvolutionParameters;
}

/** Dropout of a whole training step; undefined where the rate is 0. */
export interface StepDropout {
  readonly masks: DropoutMasks;
  readonly rng: Rng;
}

/** Receives the gradient of one slot; the tensor is disposed of afterwards. */
export type GradientSink = (slot: string, gradient: tf.Tensor) => void;

/** Which gradients are computed, and where they go. */
export interface Learning {
  /** The parts that learn; gradients of the others are not computed. */
  readonly trainable: ReadonlySet<string>;
  readonly sink: GradientSink;
}

interface Descent extends Learning {
  /** Whether anything below the stack learns. */
  readonly below: 'learns' | 'frozen';
}

interface StackRun<Output extends tf.Tensor> {
  readonly output: Output;
  /**
   * Passes the output's gradient down as far as something learns and releases the run's tensors on the way. Returns the
   * gradient of the stack's input, shape [window, 1, time, channel], where something below learns.
   */
  backward(outputGradient: Output, descent: Descent): tf.Tensor4D | undefined;
}

/** Runs layers on x, shape [window, 1, time, channel]; the output has the same axes. Without layers the output is x. */
export function convolutionStack(
  x: tf.Tensor4D,
  layers: readonly CoreLayer[],
  dropout: StepDropout | undefined,
): StackRun<tf.Tensor4D> {
  const run: Layer<tf.Tensor4D>[] = [];
  let signal = x;
  for (const layer of layers) {
    run.push(convolutionLayer(signal, layer.parameters, dropoutOf(layer, dropout)));
    signal = run.at(-1)!.output;
  }
  return {
    output: signal,
    backward: (outputGradient, descent) => {
      let gradient = learnsBelow(layers, layers.length, descent) ? outputGradient : undefined;
      for (let index = layers.length - 1; index >= 0 && gradient; index--) {
        const below = stepBack(run[index]!, { layers, index }, gradient, descent);
        tf.dispose([gradient, run[index]!.output]);
        gradient = below;
      }
      return gradient;
    },
  };
}

/** The same with the maximum over time after the last layer, so that the output has shape [window, filter]. */
export function pooledStack(
  x: tf.Tensor4D,
  layers: readonly CoreLayer[],
  dropout: StepDropout | undefined,
): StackRun<tf.Tensor2D> {
  const lower = convolutionStack(x, layers.slice(0, -1), dropout);
  const last = layers.at(-1)!;
  const top = pooledConvolutionLayer(lower.output, last.parameters, dropoutOf(last, dropout));
  return {
    output: top.output,
    backward: (outputGradient, descent) => {
      if (!learnsBelow(layers, layers.length, descent)) {
        return undefined;
      }
      const gradient = stepBack(top, { layers, index: layers.length - 1 }, outputGradient, descent);
      return gradient && lower.backward(gradient, descent);
    },
  };
}

function dropoutOf({ level }: CoreLayer, dropout: StepDropout | undefined): LayerDropout | undefined {
  return dropout && { masks: dropout.masks, rng: dropout.rng.fork(level) };
}

/** Whether a layer below number `index`, or anything below the stack, learns. */
function learnsBelow(layers: readonly CoreLayer[], index: number, { trainable, below }: Descent): boolean {
  return below === 'learns' || layers.slice(0, index).some(({ part }) => trainable.has(part));
}

/** Passes one layer's gradients to the sink and returns the gradient of its input where something below learns. */
function stepBack<Output extends tf.Tensor>(
  layer: Layer<Output>,
  { layers, index }: { readonly layers: readonly CoreLayer[]; readonly index: number },
  outputGradient: Output,
  descent: Descent,
): tf.Tensor4D | undefined {
  const { part } = layers[index]!;
  const inputGradient = tf.tidy(() => {
    const gradients = layer.backward(outputGradient);
    if (descent.trainable.has(part)) {
      descent.sink(`${part}/kernel`, gradients.kernel());
      descent.sink(`${part}/bias`, gradients.bias());
    }
    return learnsBelow(layers, index, descent) ? gradients.input() : [];
  });
  return Array.isArray(inputGradient) ? undefined : inputGradient;
}
