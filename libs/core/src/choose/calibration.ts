/**
 * The calibration of a teacher on people whom it has not seen: the temperature, one number that scales its
 * confidences, and the confidence from which its labels are accepted, class by class.
 */

import { confidenceOf } from '../train/selection/selection.js';
import type { HeldOut } from './held-out.js';

const LOWEST_TEMPERATURE = 0.5;
const HIGHEST_TEMPERATURE = 10;
/** A probability of 0 would make the loss of a single window infinite, whatever the temperature. */
const LOWEST_PROBABILITY = 1e-15;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const CLOSE = 1e-7;

/**
 * The temperature T from 0.5 to 10 at which softmax(log p / T) has the lowest negative log likelihood on held-out
 * windows (C. Guo et al. 2017, arXiv 1706.04599, section 4.2), to three decimals: engines may differ in the last bits
 * of a logarithm. The loss is convex in 1 / T, so golden section finds its minimum.
 */
export function fitTemperature({ truth, probabilities }: HeldOut, classes: number): number {
  const logits = Float64Array.from(probabilities, (value) => Math.log(Math.max(LOWEST_PROBABILITY, value)));
  const loss = (inverse: number): number => lossAt(inverse, truth, logits, classes);
  let [low, high] = [1 / HIGHEST_TEMPERATURE, 1 / LOWEST_TEMPERATURE];
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

const LOWEST_THRESHOLD = 0.3;
const HIGHEST_THRESHOLD = 0.95;

/**
 * For each class the lowest confidence t such that, among the held-out windows that are predicted to be of the class
 * with a confidence of at least t, the share `precision` is right. It is clamped to 0.3 from below and 0.95 from above,
 * and is 0.95 where there is no such t, as for a class that is never predicted. Rounded down to three decimals.
 *
 * @param heldOut - With calibrated probabilities
 * @returns Thresholds, shape [class]
 */
export function fitThresholds(
  { truth, probabilities }: HeldOut,
  classes: number,
  precision: number,
): readonly number[] {
  const { classOf, confidence } = confidenceOf(probabilities, classes);
  const surest = Uint32Array.from(classOf.keys()).sort((one, other) => confidence[other]! - confidence[one]!);
  return Array.from({ length: classes }, (_, ofClass) => {
    const windows = surest.filter((window) => classOf[window] === ofClass);
    let right = 0;
    let threshold = HIGHEST_THRESHOLD;
    windows.forEach((window, place) => {
      right += truth[window] === ofClass ? 1 : 0;
      const next = windows[place + 1];
      const isLastOfEqual = next === undefined || confidence[next] !== confidence[window];
      if (isLastOfEqual && right / (place + 1) >= precision) {
        threshold = confidence[window]!;
      }
    });
    return Math.min(HIGHEST_THRESHOLD, Math.max(LOWEST_THRESHOLD, Math.floor(1000 * threshold) / 1000));
  });
}
