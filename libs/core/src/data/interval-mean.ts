/** Downsampling of a fast signal by averaging. */

/** Samples with their times. */
interface Signal {
  /** Ascending times, shape [time]. */
  readonly seconds: Float64Array;
  /** Shape [time, channel]. */
  readonly samples: Float32Array;
  /** Number of channels. */
  readonly width: number;
}

/**
 * The mean of the signal (linearly interpolated between its samples) over an interval around each time of the grid,
 * shape [time, channel]. Intervals are cut off where the signal begins and ends.
 *
 * The integral up to a time t is F(t); the mean over [a, b] is (F(b) - F(a)) / (b - a), exact for unevenly spaced
 * samples too.
 *
 * @param intervalSeconds - Width of the interval, which is the spacing of the grid.
 */
export function intervalMean(signal: Signal, grid: Float64Array, intervalSeconds: number): Float32Array {
  const { seconds, width } = signal;
  const result = new Float32Array(grid.length * width);
  const start = seconds[0]!;
  const end = seconds[seconds.length - 1]!;
  for (let channel = 0; channel < width; channel++) {
    const integrate = runningIntegral(signal, channel);
    let from = start;
    let upToFrom = 0;
    grid.forEach((time, row) => {
      const to = Math.min(end, time + intervalSeconds / 2);
      const upToTo = integrate(to);
      result[row * width + channel] = (upToTo - upToFrom) / (to - from);
      from = to;
      upToFrom = upToTo;
    });
  }
  return result;
}

/** Integral of a channel from the first sample up to a time; the function must be called with ascending times. */
function runningIntegral({ seconds, samples, width }: Signal, channel: number): (time: number) => number {
  const at = (index: number): number => samples[index * width + channel]!;
  let left = 0;
  let upToLeft = 0;
  return (time) => {
    while (left < seconds.length - 2 && seconds[left + 1]! <= time) {
      upToLeft += ((at(left) + at(left + 1)) / 2) * (seconds[left + 1]! - seconds[left]!);
      left++;
    }
    const elapsed = time - seconds[left]!;
    const slope = (at(left + 1) - at(left)) / (seconds[left + 1]! - seconds[left]!);
    return upToLeft + elapsed * (at(left) + (slope * elapsed) / 2);
  };
}
