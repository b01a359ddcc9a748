/** Temperature scaling: one number that calibrates a teacher's confidences on people whom it has not seen. */

import type { HeldOut } from './held-out.js';

const LOWEST = 0.5;
const HIGHEST = 10;
/** A probability of 0 would make the loss of a single window infinite, whatever the temperature. */
const LOWEST_PROBABILITY = 1e-15;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const CLOSE = 1e-7;

/**
 * The temperature T from 0.5 to 10 at which softmax(log p / T) has the lowest negative log likelihood on held-out windows
 * (C. Guo et al. 2017, arXiv 1706.04599, section 4.2), to three decimals: engines may differ in the last bits of a
 * logarithm. The loss is convex in 1 / T, so golden section finds its minimum.
 */
export function fitTemperature({ truth, probabilities }: HeldOut, classes: number): number {
  const logits = Float64Array.from(probabilities, (value) => Math.log(Math.max(LOWEST_PROBABILITY, value)));
  const loss = (inverse: number): number => lossAt(inverse, truth, logits, classes);
  let [low, high] = [1 / HIGHEST, 1 / LOWEST];
  while (high - low > CLOSE) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (loss(left) < loss(right)) {
      high = right;
    } else {
      low = left;
    }
  }
  return Math.round(2000 / (low + high)) / 1000;
}

/** Sum over the windows of log Σ exp(β l_c) - β l_true. */
function lossAt(inverse: number, truth: Uint8Array, logits: Float64Array, classes: number): number {
  let sum = 0;
  for (let window = 0; window < truth.length; window++) {
    const own = logits[window * classes + truth[window]!]!;
    let odds = 0;
    for (let index = window * classes; index < (window + 1) * classes; index++) {
      odds += Math.exp(inverse * (logits[index]! - own));
    }
    sum += Math.log(odds);
  }
  return sum;
}
