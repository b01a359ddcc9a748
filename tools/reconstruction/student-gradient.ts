/**
 * The student's loss with its gradients by the parameters and by the windows, which an attack needs and a client does
 * not: plain loops in double precision, so that differences of gradients are exact enough to be derivatives. The label
 * of every window is the first activity.
 */

import { layoutOf, type NetworkSpec, type ParameterLayout } from '@gaitway/core/model';

/** Gradients of the mean cross-entropy over the windows. */
export interface StudentGradient {
  /** Shape [parameter]. */
  readonly parameters: Float64Array;
  /** Shape [window, time, channel]. */
  readonly windows: Float64Array;
}

/**
 * @param parameters - Shape [parameter]
 * @param windows - Shape [window, time, channel]
 */
export type StudentGradientOf = (parameters: Float64Array, windows: Float64Array) => StudentGradient;

type ParameterSlot = ParameterLayout['slots'][number];

/** One layer's numbers in the parameters, and the same places in the gradient. */
interface Layer {
  readonly kernel: ParameterSlot;
  readonly bias: ParameterSlot;
}

interface Passes {
  readonly parameters: Float64Array;
  readonly gradient: Float64Array;
}

/** A network of convolutions and the activity head with its hidden layer, without dropout and weight decay. */
export function studentGradient(spec: NetworkSpec): StudentGradientOf {
  const { slots, size } = layoutOf(spec);
  const slot = (name: string): ParameterSlot => slots.find((each) => each.name === name)!;
  const layer = (name: string): Layer => ({ kernel: slot(`${name}/kernel`), bias: slot(`${name}/bias`) });
  const convolutions = spec.convolutions.map((_, index) => layer(`conv${index + 1}`));
  const [hiddenLayer, outputLayer] = [layer('activity/hidden'), layer('activity/output')];
  const windowSize = spec.window.length * spec.window.channels;
  return (parameters, windows) => {
    const gradient = new Float64Array(size);
    const passes = { parameters, gradient };
    const windowGradients = new Float64Array(windows.length);
    const count = windows.length / windowSize;
    for (let first = 0; first < windows.length; first += windowSize) {
      const signals = [windows.subarray(first, first + windowSize)];
      for (const convolution of convolutions) {
        signals.push(convolve(signals.at(-1)!, convolution, parameters));
      }
      const top = signals.at(-1)!;
      const places = placesOfMaxima(top, convolutions.at(-1)!.bias.size);
      const features = Float64Array.from(places, (place) => top[place]!);
      const hidden = convolve(features, hiddenLayer, parameters);
      const logits = affine(hidden, outputLayer, parameters);
      let reaching = backward(hidden, outputLayer, passes, lossGradient(logits, count));
      reaching = backward(features, hiddenLayer, passes, gated(reaching, hidden));
      let below = new Float64Array(top.length);
      places.forEach((place, filter) => {
        below[place] = reaching[filter]!;
      });
      for (let level = convolutions.length - 1; level >= 0; level--) {
        below = backward(signals[level]!, convolutions[level]!, passes, gated(below, signals[level + 1]!));
      }
      windowGradients.set(below, first);
    }
    return { parameters: gradient, windows: windowGradients };
  };
}

/** A convolution with ReLU. Dense layers are convolutions whose kernel is as long as their input. */
function convolve(input: Float64Array, layer: Layer, parameters: Float64Array): Float64Array {
  const output = affine(input, layer, parameters);
  for (let index = 0; index < output.length; index++) {
    output[index] = Math.max(0, output[index]!);
  }
  return output;
}

/** Kernels are [time, in, out], so that the input under a kernel is contiguous. */
function affine(input: Float64Array, { kernel, bias }: Layer, parameters: Float64Array): Float64Array {
  const outputs = bias.size;
  const { reach, stride, steps } = placesOf(input, kernel, outputs);
  const output = new Float64Array(steps * outputs);
  for (let step = 0; step < steps; step++) {
    const to = step * outputs;
    for (let out = 0; out < outputs; out++) {
      output[to + out] = parameters[bias.offset + out]!;
    }
    for (let index = 0; index < reach; index++) {
      const value = input[step * stride + index]!;
      if (value !== 0) {
        const row = kernel.offset + index * outputs;
        for (let out = 0; out < outputs; out++) {
          output[to + out]! += value * parameters[row + out]!;
        }
      }
    }
  }
  return output;
}

/** Adds the layer's gradients to those of the parameters, and returns that of its input. */
function backward(
  input: Float64Array,
  { kernel, bias }: Layer,
  { parameters, gradient }: Passes,
  reaching: Float64Array,
): Float64Array<ArrayBuffer> {
  const outputs = bias.size;
  const { reach, stride, steps } = placesOf(input, kernel, outputs);
  const below = new Float64Array(input.length);
  for (let step = 0; step < steps; step++) {
    const slopes = reaching.subarray(step * outputs, (step + 1) * outputs);
    const responding = Array.from(slopes.keys()).filter((out) => slopes[out] !== 0);
    for (const out of responding) {
      gradient[bias.offset + out]! += slopes[out]!;
    }
    for (let index = 0; responding.length > 0 && index < reach; index++) {
      const row = kernel.offset + index * outputs;
      const value = input[step * stride + index]!;
      let sum = 0;
      for (const out of responding) {
        gradient[row + out]! += slopes[out]! * value;
        sum += slopes[out]! * parameters[row + out]!;
      }
      below[step * stride + index]! += sum;
    }
  }
  return below;
}

interface Places {
  /** Numbers under a kernel. */
  readonly reach: number;
  /** Numbers of a time step. */
  readonly stride: number;
  readonly steps: number;
}

function placesOf(input: Float64Array, { size, shape }: ParameterSlot, outputs: number): Places {
  const reach = size / outputs;
  const stride = shape.length === 3 ? shape[1]! : reach;
  return { reach, stride, steps: (input.length - reach) / stride + 1 };
}

/** Where each filter of a signal of shape [time, filter] has its maximum. */
function placesOfMaxima(signal: Float64Array, filters: number): Int32Array {
  const places = Int32Array.from({ length: filters }, (_, filter) => filter);
  for (let index = filters; index < signal.length; index++) {
    const filter = index % filters;
    if (signal[index]! > signal[places[filter]!]!) {
      places[filter] = index;
    }
  }
  return places;
}

/** Nothing passes a ReLU whose output is zero. */
function gated(reaching: Float64Array, output: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(reaching, (value, index) => (output[index]! > 0 ? value : 0));
}

/** The gradient of the cross-entropy of the first class by the logits, as one of `count` windows. */
function lossGradient(logits: Float64Array, count: number): Float64Array {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power, index) => (power / sum - (index === 0 ? 1 : 0)) / count);
}
