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

/**
 * A derived channel of a window, [time], in g, written over `into`. With a = (x, y, z) and g the unit vector of the
 * window's mean: magnitude m = |a|; vertical v = a · g; horizontal h = √(m² - v²); gravity the axis behind a low-pass
 * filter, linear what the filter took away. Of a window whose mean is exactly zero, vertical is 0.
 *
 * The filter is exponential, y ← y + α (x - y) with α = 1 - exp(-2π · 0.3 Hz / rate), once forwards from the window's mean
 * and once backwards from where that ended, so that it delays nothing.
 */
export function writeDerivedChannel(name: DerivedChannelName, window: WindowAxes, into: Float64Array): void {
  switch (name) {
    case 'magnitude':
    case 'vertical':
    case 'horizontal':
      writeOrientationFree(name, window, into);
      break;
    case 'gravity-x':
    case 'gravity-y':
    case 'gravity-z':
    case 'linear-x':
    case 'linear-y':
    case 'linear-z': {
      const axis = window.axes['xyz'.indexOf(name.slice(-1))]!;
      writeLowPassed(window, axis, into);
      if (name.startsWith('linear')) {
        into.forEach((gravity, time) => {
          into[time] = window.samples[time * window.channels + axis]! - gravity;
        });
      }
    }
  }
}

function writeOrientationFree(
  name: 'magnitude' | 'vertical' | 'horizontal',
  { samples, channels, axes }: WindowAxes,
  into: Float64Array,
): void {
  const [x, y, z] = axes;
  const means = axes.map((axis) => meanOf(samples, axis, channels)) as [number, number, number];
  const length = Math.sqrt(means[0] * means[0] + means[1] * means[1] + means[2] * means[2]);
  const [gx, gy, gz] = length > 0 ? (means.map((mean) => mean / length) as typeof means) : [0, 0, 0];
  for (let time = 0, at = 0; at < samples.length; time++, at += channels) {
    const [ax, ay, az] = [samples[at + x]!, samples[at + y]!, samples[at + z]!];
    const square = ax * ax + ay * ay + az * az;
    const vertical = ax * gx + ay * gy + az * gz;
    if (name === 'magnitude') {
      into[time] = Math.sqrt(square);
    } else {
      // Rounding can make the difference of the squares a little less than nothing.
      into[time] = name === 'vertical' ? vertical : Math.sqrt(Math.max(0, square - vertical * vertical));
    }
  }
}

function writeLowPassed({ samples, channels, rateHz }: WindowAxes, axis: number, into: Float64Array): void {
  const share = 1 - Math.exp((-2 * Math.PI * GRAVITY_CUT_OFF_HZ) / rateHz);
  let level = meanOf(samples, axis, channels);
  for (let time = 0; time < into.length; time++) {
    level += share * (samples[time * channels + axis]! - level);
    into[time] = level;
  }
  for (let time = into.length - 1; time >= 0; time--) {
    level += share * (into[time]! - level);
    into[time] = level;
  }
}

function meanOf(samples: Float32Array, axis: number, channels: number): number {
  let sum = 0;
  for (let at = axis; at < samples.length; at += channels) {
    sum += samples[at]!;
  }
  return (sum * channels) / samples.length;
}
