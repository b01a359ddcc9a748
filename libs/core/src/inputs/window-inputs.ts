/**
 * Turns a window's samples in g into the inputs of a network: the only way, in training, prediction and export alike.
 */

import { FREE_AT, windowMemory } from '../math/window-kernels.js';
import { axesOf } from './axes.js';
import { writeDerivedChannels, type WindowPlace } from './derived-channels.js';
import type { InputSpec } from './input-spec.js';

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
  const place = placeFor(samples, channels.length, channels.length + derived.length);
  const [row, width] = [samples.byteLength / place.rows, place.inputs.byteLength / place.rows];
  channels.forEach((_, channel) => {
    const from = place.samples.byteOffset + channel * BYTES;
    const to = place.inputs.byteOffset + channel * BYTES;
    const factor = 1 / normalisation.standardDeviation[channel]!;
    place.memory.kernels.scaleColumn(from, row, to, width, place.rows, normalisation.mean[channel]!, factor);
  });
  if (derived.length > 0) {
    const axes = axesOf(channels);
    if (!axes) {
      throw new Error(`Derived channels need three axes, found the channels ${channels.join(', ')}`);
    }
    writeDerivedChannels(derived, place, { axes, rateHz: sampleRateHz });
  }
  into.set(place.inputs);
}

const BYTES = Float32Array.BYTES_PER_ELEMENT;

function placeFor(window: Float32Array, channels: number, width: number): WindowPlace {
  const rows = window.length / channels;
  const memory = windowMemory((window.length + (width + 3) * rows) * BYTES);
  const { buffer } = memory.samples;
  const inputsAt = FREE_AT + window.byteLength;
  const place = {
    memory,
    rows,
    samples: new Float32Array(buffer, FREE_AT, window.length),
    inputs: new Float32Array(buffer, inputsAt, width * rows),
    scratch: new Float32Array(buffer, inputsAt + width * rows * BYTES, 3 * rows),
  };
  place.samples.set(window);
  return place;
}
