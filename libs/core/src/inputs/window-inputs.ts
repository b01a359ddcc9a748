/** From a window's samples in g to the inputs of a network: the one way, in training, prediction and export alike. */

import { axesOf } from './axes.js';
import { writeDerivedChannels } from './derived-channels.js';
import type { InputSpec } from './input-spec.js';

/** What must be known of the recording that a window is of. */
export interface InputSource {
  readonly channels: readonly string[];
  readonly sampleRateHz: number;
  /** Absent: the samples as they are are the inputs. */
  readonly inputs?: InputSpec;
}

/** How many inputs a network gets at each time step. */
export function inputCount({ channels, inputs }: Pick<InputSource, 'channels' | 'inputs'>): number {
  return channels.length + (inputs?.derived.length ?? 0);
}

/**
 * Writes a window's inputs over `into`: each channel at (value - mean) / deviation, then the derived channels.
 *
 * @param samples - [time, channel], in g
 * @param into - [time, input]
 * @throws Error when there are derived channels and no axes to work them out of
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
  const width = channels.length + derived.length;
  for (let channel = 0; channel < channels.length; channel++) {
    const mean = normalisation.mean[channel]!;
    const factor = 1 / normalisation.standardDeviation[channel]!;
    for (let from = channel, to = channel; from < samples.length; from += channels.length, to += width) {
      into[to] = (samples[from]! - mean) * factor;
    }
  }
  if (derived.length === 0) {
    return;
  }
  const axes = axesOf(channels);
  if (!axes) {
    throw new Error(`Derived channels need three axes, found the channels ${channels.join(', ')}`);
  }
  writeDerivedChannels(derived, { samples, channels: channels.length, axes, rateHz: sampleRateHz }, { into, width });
}
