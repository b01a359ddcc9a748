/**
 * Channels that are worked out of the three axes of acceleration, window by window. Magnitude, vertical and horizontal
 * are the same however the phone is turned; gravity and linear acceleration keep the axes.
 */

import type { Axes } from './axes.js';

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

export type DerivedChannelName = (typeof derivedChannelNames)[number];

/** A derived channel as a network sees it: (value - centre) / scale, both in g and the same for everybody. */
export interface DerivedChannel {
  readonly name: DerivedChannelName;
  readonly centre: number;
  readonly scale: number;
}

/** Typical values of people who carry a phone; they bring a channel near mean 0 and deviation 1. */
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

/** The axes of one window. */
export interface WindowAxes {
  /** [time, channel], in g. */
  readonly samples: Float32Array;
  readonly channels: number;
  readonly axes: Axes;
  readonly rateHz: number;
}

/** Cut-off of the low-pass filter that tells gravity from movement, in Hz (Anguita et al. 2013: 0.3 Hz). */
const GRAVITY_CUT_OFF_HZ = 0.3;

/** Where a window's derived channels go: behind its channels, in rows of `width` inputs. */
export interface DerivedTarget {
  /** [time, input] */
  readonly into: Float32Array;
  readonly width: number;
}

/**
 * Writes a window's derived channels, each at (value - centre) / scale, over the last columns of `into`. With
 * a = (x, y, z) and g the unit vector of the window's mean: magnitude m = |a|; vertical v = a · g; horizontal
 * h = √(m² - v²); gravity the axis behind a low-pass filter, linear what the filter took away. Of a window whose mean is
 * exactly zero, vertical is 0.
 *
 * The filter is exponential, y ← y + α (x - y) with α = 1 - exp(-2π · 0.3 Hz / rate), once forwards from the window's mean
 * and once backwards from where that ended, so that it delays nothing.
 */
export function writeDerivedChannels(
  derived: readonly DerivedChannel[],
  window: WindowAxes,
  { into, width }: DerivedTarget,
): void {
  const columns = derived.map(({ name, centre, scale }, index) => ({
    name,
    centre,
    scale,
    at: width - derived.length + index,
  }));
  const free = columns.filter(({ name }) => orientationFree.includes(name));
  if (free.length > 0) {
    writeOrientationFree(free, window, { into, width });
  }
  for (const column of columns) {
    if (!orientationFree.includes(column.name)) {
      writeFiltered(column, window, { into, width });
    }
  }
}

interface Column extends DerivedChannel {
  readonly at: number;
}

const orientationFree: readonly DerivedChannelName[] = ['magnitude', 'vertical', 'horizontal'];

/** All in one pass: a study that derives them does so for every window of every batch. */
function writeOrientationFree(
  columns: readonly Column[],
  { samples, channels, axes }: WindowAxes,
  { into, width }: DerivedTarget,
): void {
  const [x, y, z] = axes;
  const meanX = meanOf(samples, x, channels);
  const meanY = meanOf(samples, y, channels);
  const meanZ = meanOf(samples, z, channels);
  const length = Math.sqrt(meanX * meanX + meanY * meanY + meanZ * meanZ) || 1;
  const gravityX = meanX / length;
  const gravityY = meanY / length;
  const gravityZ = meanZ / length;
  const [magnitude, vertical, horizontal] = orientationFree.map((name) => columnOf(columns, name)) as [
    Scaled,
    Scaled,
    Scaled,
  ];
  for (let at = 0, to = 0; at < samples.length; at += channels, to += width) {
    const ax = samples[at + x]!;
    const ay = samples[at + y]!;
    const az = samples[at + z]!;
    const square = ax * ax + ay * ay + az * az;
    const up = ax * gravityX + ay * gravityY + az * gravityZ;
    if (magnitude.at >= 0) {
      into[to + magnitude.at] = (Math.sqrt(square) - magnitude.centre) * magnitude.factor;
    }
    if (vertical.at >= 0) {
      into[to + vertical.at] = (up - vertical.centre) * vertical.factor;
    }
    if (horizontal.at >= 0) {
      // Rounding can make the difference of the squares a little less than nothing.
      const across = Math.sqrt(Math.max(0, square - up * up));
      into[to + horizontal.at] = (across - horizontal.centre) * horizontal.factor;
    }
  }
}

interface Scaled {
  /** -1: it is not asked for. */
  readonly at: number;
  readonly centre: number;
  readonly factor: number;
}

function columnOf(columns: readonly Column[], name: DerivedChannelName): Scaled {
  const column = columns.find((each) => each.name === name);
  return column ? { at: column.at, centre: column.centre, factor: 1 / column.scale } : { at: -1, centre: 0, factor: 1 };
}

function writeFiltered(
  { name, at, centre, scale }: Column,
  { samples, channels, axes, rateHz }: WindowAxes,
  { into, width }: DerivedTarget,
): void {
  const axis = axes['xyz'.indexOf(name.slice(-1))]!;
  const share = 1 - Math.exp((-2 * Math.PI * GRAVITY_CUT_OFF_HZ) / rateHz);
  const gravity = new Float64Array(samples.length / channels);
  let level = meanOf(samples, axis, channels);
  for (let time = 0; time < gravity.length; time++) {
    level += share * (samples[time * channels + axis]! - level);
    gravity[time] = level;
  }
  for (let time = gravity.length - 1; time >= 0; time--) {
    level += share * (gravity[time]! - level);
    gravity[time] = level;
  }
  const isLinear = name.startsWith('linear');
  for (let time = 0; time < gravity.length; time++) {
    const value = isLinear ? samples[time * channels + axis]! - gravity[time]! : gravity[time]!;
    into[time * width + at] = (value - centre) / scale;
  }
}

function meanOf(samples: Float32Array, axis: number, channels: number): number {
  let sum = 0;
  for (let at = axis; at < samples.length; at += channels) {
    sum += samples[at]!;
  }
  return (sum * channels) / samples.length;
}
