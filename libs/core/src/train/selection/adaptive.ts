/**
 * A threshold for each class that adapts to the teacher's confidence (FreeMatch, Wang et al. 2023, arXiv 2205.07246,
 * eq. 5 to 9), computed once for all windows of a participant, as in (FL)² (Lee et al. 2024, arXiv 2410.23227).
 */

import { z } from 'zod';
import { confidenceOf, meanOf, indicesWhere, type SelectionKind } from './selection.js';

export interface AdaptiveSelection {
  readonly kind: 'adaptive';
  /** Lower bound of the thresholds of all classes. */
  readonly floor: number;
}

/** Keeps window i where max p_i >= the threshold of its most probable class. */
export const adaptive: SelectionKind<AdaptiveSelection> = {
  settings: z.strictObject({ kind: z.literal('adaptive'), floor: z.number().min(0).max(1).default(0.5) }),
  rule:
    ({ floor }) =>
    (probabilities, classes) => {
      const { classOf, confidence } = confidenceOf(probabilities, classes);
      const thresholds = classThresholds(probabilities, classes);
      return {
        windows: indicesWhere(confidence, (value, window) => value >= Math.max(floor, thresholds[classOf[window]!]!)),
      };
    },
};

/**
 * τ_c = τ · p̄_c / max p̄, where τ is the mean of the highest probabilities and p̄ the mean of the rows; shape [class].
 */
export function classThresholds(probabilities: Float32Array, classes: number): Float64Array {
  const mean = meanConfidence(probabilities, classes);
  const sums = new Float64Array(classes);
  probabilities.forEach((value, index) => {
    sums[index % classes]! += value;
  });
  const largest = Math.max(...sums);
  return sums.map((sum) => (largest === 0 ? 0 : (mean * sum) / largest));
}

function meanConfidence(probabilities: Float32Array, classes: number): number {
  return meanOf(confidenceOf(probabilities, classes).confidence);
}
