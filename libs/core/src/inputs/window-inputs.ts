/**
 * How a recording's samples become the inputs of a network: as plain data that is part of every stored model, and as
 * the only function that turns a window's samples in g into them, in training, prediction and export alike.
 */

import { kernelVectors } from '../math/window-kernels.js';
import { axesOf } from './axes.js';
import { type DerivedChannel, writeDerivedChannels, type WorkingInputs } from './derived-channels.js';

/**
 * The mean that normalisation subtracts and the deviation it divides by; plain JSON data, in the order of the channels.
 */
export interface Normalisation {
  /** In g; shape [channel]. */
  readonly mean: readonly number[];
  /** In g, never 0; shape [channel]. */
  readonly standardDeviation: readonly number[];
}

/** How the inputs of a network are made of the channels of a window. */
export interface InputSpec {
  readonly normalisation: Normalisation;
  /** Inputs that are computed from a window's axes; they follow the channels themselves. */
  readonly derived: readonly DerivedChannel[];
}

/**
 * The divisor of the axes where a study normalises by a constant: the root mean square of an axis, to which gravity
 * alone contributes 1/√3. No mean is subtracted, so the zero and the direction of gravity are kept.
 */
const AXIS_SCALE = 0.65;

/** The normalisation of three axes by the same constant for everybody: nothing has to be measured or sent. */
export const axesNormalisation: Normalisation = {
  mean: [0, 0, 0],
  standardDeviation: [AXIS_SCALE, AXIS_SCALE, AXIS_SCALE],
};

/** The properties of a window's recording that determine its inputs. */
export interface InputSource {
  readonly channels: readonly string[];
  readonly sampleRateHz: number;
  /** Absent where the samples themselves are the inputs. */
  readonly inputs?: InputSpec;
}

/** Number of inputs of a network at each time step. */
export function inputCount({ channels, inputs }: Pick<InputSource, 'channels' | 'inputs'>): number {
  return channels.length + (inputs?.derived.length ?? 0);
}

/**
 * Writes a window's inputs over `into`: each channel as (value - mean) / deviation, then the derived channels.
 *
 * @param samples - Shape [time, channel], in g
 * @param into - Shape [time, input]
 * @throws Error when there are derived channels but no axes to compute them from
 */
export function writeInputs(
  samples: Float32Array,
  { channels, sampleRateHz, inputs }: InputSource,
  into: Float32Array,
): void {
  if (!inputs) {
    into.set(samples);
    return;
  }
  const { normalisation, derived } = inputs;
  const working = workingInputs(samples, channels.length, channels.length + derived.length);
  const { kernels, rows } = working;
  const [row, width] = [samples.byteLength / rows, working.inputs.byteLength / rows];
  channels.forEach((_, channel) => {
    const from = working.samples.byteOffset + channel * Float32Array.BYTES_PER_ELEMENT;
    const to = working.inputs.byteOffset + channel * Float32Array.BYTES_PER_ELEMENT;
    const factor = 1 / normalisation.standardDeviation[channel]!;
    kernels.scaleColumn(from, row, to, width, rows, normalisation.mean[channel]!, factor);
  });
  if (derived.length > 0) {
    const axes = axesOf(channels);
    if (!axes) {
      throw new Error(`Derived channels need three axes, found the channels ${channels.join(', ')}`);
    }
    writeDerivedChannels(derived, working, { axes, rateHz: sampleRateHz });
  }
  into.set(working.inputs);
}

function workingInputs(window: Float32Array, channels: number, width: number): WorkingInputs {
  const rows = window.length / channels;
  const { kernels, numbers, vectors } = kernelVectors([window.length, width * rows, 3 * rows]);
  const [samples, inputs, scratch] = vectors as [Float32Array, Float32Array, Float32Array];
  samples.set(window);
  return { kernels, numbers, rows, samples, inputs, scratch };
}
