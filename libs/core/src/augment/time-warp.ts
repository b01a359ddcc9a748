/** Transformation `time-warp`: the movement at a speed that changes smoothly (Um et al. 2017). */

import type { Rng } from '../math/random.js';
import { cubicSpline } from '../math/spline.js';
import { requireAtLeast, requirePositive, type Transformation } from './transformation.js';

export interface TimeWarpOptions {
  /** Number of interior knots at which a speed is drawn; a speed is drawn at each end of the window too. Default 4. */
  readonly knots?: number;
  /** Standard deviation of the drawn speeds, whose mean is 1. Default 0.2. */
  readonly standardDeviation?: number;
}

/**
 * Speeds below this are raised to it. With the default deviation three curves in 100,000 fall to zero or below: time
 * would run backwards there, and a moment of the warped window would have several values.
 */
const LOWEST_SPEED = 0.01;

/**
 * Plays each channel at a speed of its own: a not-a-knot cubic spline through draws from normal(1, standardDeviation)
 * at evenly spaced knots. The cumulative sum of the speeds, scaled so that the last sample stays last, is the time at
 * which each sample now happens; the values at the window's time steps are interpolated linearly between them. Before
 * the first sample its value holds. The transformation throws InvalidInput for windows of one time step.
 *
 * @throws InvalidInput for fewer than two knots, or a standard deviation that is not above zero.
 */
export function warpTime({ knots = 4, standardDeviation = 0.2 }: TimeWarpOptions = {}): Transformation {
  requireAtLeast('time-warp', 'knots', knots, 2);
  requirePositive('time-warp', 'standardDeviation', standardDeviation);
  return (window, into, { length, channels }, rng) => {
    requireAtLeast('time-warp', 'shape.length', length, 2);
    const places = Float64Array.from({ length: knots + 2 }, (_, knot) => (knot * (length - 1)) / (knots + 1));
    for (let channel = 0; channel < channels; channel++) {
      const times = drawTimes(length, places, standardDeviation, rng);
      readChannel(window, into, { times, channel, channels });
    }
  };
}

/** Shape [time]: the time of each sample, ascending; the last sample falls on the window's last time step. */
function drawTimes(length: number, places: Float64Array, standardDeviation: number, rng: Rng): Float64Array {
  const speed = cubicSpline(
    places,
    places.map(() => 1 + standardDeviation * rng.normal()),
  );
  const times = new Float64Array(length);
  let total = 0;
  for (let time = 0; time < length; time++) {
    total += Math.max(LOWEST_SPEED, speed(time));
    times[time] = total;
  }
  return times.map((sum) => (sum / total) * (length - 1));
}

interface ChannelTimes {
  readonly times: Float64Array;
  readonly channel: number;
  readonly channels: number;
}

/** Interpolates one channel, whose samples lie at `times`, at each time step. */
function readChannel(window: Float32Array, into: Float32Array, { times, channel, channels }: ChannelTimes): void {
  let after = 0;
  for (let time = 0; time < times.length; time++) {
    while (times[after]! < time) {
      after++;
    }
    const right = window[after * channels + channel]!;
    if (after === 0) {
      into[time * channels + channel] = right;
      continue;
    }
    const left = window[(after - 1) * channels + channel]!;
    const fraction = (time - times[after - 1]!) / (times[after]! - times[after - 1]!);
    into[time * channels + channel] = left + fraction * (right - left);
  }
}
