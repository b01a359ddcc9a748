/** How near a reconstruction comes to anything that a client holds. */

/** Pearson's correlation of a reconstruction with what resembles it most. */
export type BestMatch = (reconstruction: Float32Array) => number;

/**
 * The best match with any of these windows: of any stretch of `length` time steps in the reconstruction with any stretch
 * as long in any window. Each channel is centred on its mean first, so that the direction of gravity
 * alone is no resemblance; a constant signal resembles nothing, with a correlation of 0.
 *
 * @param windows - Shape [time, channel] each
 * @param channels - Number of channels
 * @param length - At most that of a window, and of a reconstruction
 *
 * @example
 * bestMatchAmong([Float32Array.of(1, 2, 3)], 1, 2)(Float32Array.of(5, 6)); // 1
 */
export function bestMatchAmong(windows: readonly Float32Array[], channels: number, length: number): BestMatch {
  const stretches = windows.flatMap((window) => stretchesOf(window, channels, length));
  return (reconstruction) => {
    let best = -1;
    for (const own of stretchesOf(reconstruction, channels, length)) {
      for (const stretch of stretches) {
        best = Math.max(best, product(own, stretch));
      }
    }
    return best;
  };
}

function stretchesOf(signal: Float32Array, channels: number, length: number): readonly Float64Array[] {
  const size = length * channels;
  return Array.from({ length: (signal.length - size) / channels + 1 }, (_, start) =>
    standardised(signal.subarray(start * channels, start * channels + size), channels),
  );
}

/** Centred by channel, and divided by its length as a vector. */
function standardised(signal: Float32Array, channels: number): Float64Array {
  const steps = signal.length / channels;
  const centred = new Float64Array(signal.length);
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let index = channel; index < signal.length; index += channels) {
      sum += signal[index]!;
    }
    for (let index = channel; index < signal.length; index += channels) {
      centred[index] = signal[index]! - sum / steps;
    }
  }
  const norm = Math.sqrt(product(centred, centred));
  return norm > 0 ? centred.map((value) => value / norm) : centred;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) {
    sum += a[index]! * b[index]!;
  }
  return sum;
}
