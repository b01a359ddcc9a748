/**
 * Channels that are computed from the three axes of acceleration, window by window. Magnitude, vertical and horizontal
 * do not depend on how the phone is turned; gravity and linear acceleration keep the axes.
 */

import { NUMBERS_AT, type KernelVectors } from '../math/window-kernels.js';
import type { Axes } from './axes.js';

/** Names of the channels that are computed from the axes of acceleration. */
export const derivedChannelNames = [
  'magnitude',
  'vertical',
  'horizontal',
  'gravity-x',
  'gravity-y',
  'gravity-z',
  'linear-x',
  'linear-y',
  'linear-z',
] as const;

/** Name of one of the derived channels. */
export type DerivedChannelName = (typeof derivedChannelNames)[number];

/** A derived channel as a network sees it: (value - centre) / scale, where both are in g and the same for everybody. */
export interface DerivedChannel {
  readonly name: DerivedChannelName;
  readonly centre: number;
  readonly scale: number;
}

/** Typical values for people who carry a phone; they bring a channel close to mean 0 and deviation 1. */
const centresAndScales: Readonly<Record<DerivedChannelName, Omit<DerivedChannel, 'name'>>> = {
  magnitude: { centre: 1, scale: 0.35 },
  vertical: { centre: 1, scale: 0.35 },
  horizontal: { centre: 0.25, scale: 0.3 },
  'gravity-x': { centre: 0, scale: 0.65 },
  'gravity-y': { centre: 0, scale: 0.65 },
  'gravity-z': { centre: 0, scale: 0.65 },
  'linear-x': { centre: 0, scale: 0.3 },
  'linear-y': { centre: 0, scale: 0.3 },
  'linear-z': { centre: 0, scale: 0.3 },
};

/** The derived channel of that name. */
export function derivedChannel(name: DerivedChannelName): DerivedChannel {
  return { name, ...centresAndScales[name] };
}

/** A window and its inputs, in the memory of the WebAssembly kernels. */
export interface WorkingInputs extends Omit<KernelVectors, 'vectors'> {
  readonly rows: number;
  /** Shape [time, channel], in g. */
  readonly samples: Float32Array;
  /** Shape [time, input]. */
  readonly inputs: Float32Array;
  /** Room for the three orientation-free channels, one vector of `rows` samples each. */
  readonly scratch: Float32Array;
}

export interface AxesSource {
  readonly axes: Axes;
  readonly rateHz: number;
}

/**
 * Cut-off frequency of the low-pass filter that separates gravity from movement, in Hz (Anguita et al. 2013: 0.3 Hz).
 */
const GRAVITY_CUT_OFF_HZ = 0.3;

/**
 * Writes a window's derived channels, each as (value - centre) / scale, over the last columns of its inputs. With a =
 * (x, y, z) and g the unit vector of the window's mean: magnitude m = |a|; vertical v = a · g; horizontal h = √(m² -
 * v²); gravity is the low-pass filtered axis, linear what the filter removed. For a window whose mean is exactly zero,
 * vertical is 0.
 *
 * The filter is exponential, y ← y + α (x - y) with α = 1 - exp(-2π · 0.3 Hz / rate), once forwards from the window's
 * mean and once backwards from the final value, so that it causes no delay.
 */
export function writeDerivedChannels(
  derived: readonly DerivedChannel[],
  working: WorkingInputs,
  source: AxesSource,
): void {
  if (derived.some(isOrientationFree)) {
    workOutOrientationFree(derived, working, source.axes);
  }
  const first = working.inputs.length / working.rows - derived.length;
  derived.forEach((channel, index) => {
    if (isOrientationFree(channel)) {
      copyOrientationFree(channel, first + index, working);
    } else {
      writeFiltered(channel, first + index, working, source);
    }
  });
}

const BYTES = Float32Array.BYTES_PER_ELEMENT;

const orientationFree: readonly DerivedChannelName[] = ['magnitude', 'vertical', 'horizontal'];

function isOrientationFree({ name }: DerivedChannel): boolean {
  return orientationFree.includes(name);
}

/** Computes all three in one pass, whichever are asked for: this runs for every window of every batch. */
function workOutOrientationFree(
  derived: readonly DerivedChannel[],
  { kernels, numbers, rows, samples, scratch }: WorkingInputs,
  axes: Axes,
): void {
  const row = samples.byteLength / rows;
  const x = samples.byteOffset + axes[0] * BYTES;
  const y = samples.byteOffset + axes[1] * BYTES;
  const z = samples.byteOffset + axes[2] * BYTES;
  kernels.sumAxes(x, y, z, x + samples.byteLength, row, NUMBERS_AT);
  const channels = samples.length / rows;
  const meanX = (numbers[0]! * channels) / samples.length;
  const meanY = (numbers[1]! * channels) / samples.length;
  const meanZ = (numbers[2]! * channels) / samples.length;
  const length = Math.sqrt(meanX * meanX + meanY * meanY + meanZ * meanZ) || 1;
  numbers[0] = meanX / length;
  numbers[1] = meanY / length;
  numbers[2] = meanZ / length;
  for (const { name, centre, scale } of derived) {
    const number = 3 + 2 * orientationFree.indexOf(name);
    if (number >= 3) {
      numbers[number] = centre;
      numbers[number + 1] = 1 / scale;
    }
  }
  kernels.orientationFree(x, y, z, row, rows, scratch.byteOffset, NUMBERS_AT);
}

function copyOrientationFree({ name }: DerivedChannel, at: number, working: WorkingInputs): void {
  const { kernels, rows, inputs, scratch } = working;
  const from = scratch.byteOffset + orientationFree.indexOf(name) * rows * BYTES;
  kernels.scaleColumn(from, BYTES, inputs.byteOffset + at * BYTES, inputs.byteLength / rows, rows, 0, 1);
}

function writeFiltered(
  { name, centre, scale }: DerivedChannel,
  at: number,
  working: WorkingInputs,
  { axes, rateHz }: AxesSource,
): void {
  const { rows, samples, inputs } = working;
  const [channels, width] = [samples.length / rows, inputs.length / rows];
  const axis = axes['xyz'.indexOf(name.slice(-1))]!;
  const share = 1 - Math.exp((-2 * Math.PI * GRAVITY_CUT_OFF_HZ) / rateHz);
  const gravity = new Float64Array(rows);
  let level = meanOf(samples, axis, channels);
  for (let time = 0; time < rows; time++) {
    level += share * (samples[time * channels + axis]! - level);
    gravity[time] = level;
  }
  for (let time = rows - 1; time >= 0; time--) {
    level += share * (gravity[time]! - level);
    gravity[time] = level;
  }
  const isLinear = name.startsWith('linear');
  for (let time = 0; time < rows; time++) {
    const value = isLinear ? samples[time * channels + axis]! - gravity[time]! : gravity[time]!;
    inputs[time * width + at] = (value - centre) / scale;
  }
}

function meanOf(samples: Float32Array, axis: number, channels: number): number {
  let sum = 0;
  for (let at = axis; at < samples.length; at += channels) {
    sum += samples[at]!;
  }
  return (sum * channels) / samples.length;
}
