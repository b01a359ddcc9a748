/** The confidence from which a teacher's labels are accepted, class by class. */

import { confidenceOf } from '../train/selection/confidence.js';
import type { HeldOut } from './held-out.js';

const LOWEST = 0.3;
const HIGHEST = 0.95;

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
    let threshold = HIGHEST;
    windows.forEach((window, place) => {
      right += truth[window] === ofClass ? 1 : 0;
      const next = windows[place + 1];
      const isLastOfEqual = next === undefined || confidence[next] !== confidence[window];
      if (isLastOfEqual && right / (place + 1) >= precision) {
        threshold = confidence[window]!;
      }
    });
    return Math.min(HIGHEST, Math.max(LOWEST, Math.floor(1000 * threshold) / 1000));
  });
}
