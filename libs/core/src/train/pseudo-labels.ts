/** Self-training's selection: which windows a teacher labels surely enough (Tang et al. 2021, section 3.2). */

import { mostProbable, requireProbabilities } from '../metrics/probabilities.js';
import type { SelectionRule } from './plan.js';

/**
 * The windows that at least one class claims, ascending. A class claims windows whose probability of it is at least
 * `minimumConfidence` and, with `pluralityOnly`, whose most probable class it is; of these the `maximumPerClass` most
 * probable, the earlier window first where two are equal. The caller keeps the whole rows as soft labels.
 *
 * @param probabilities - [window, class]; the teacher's
 * @throws InvalidInput for an incomplete row or a probability outside [0, 1], such as the NaN of a teacher that diverged.
 *
 * @example
 * const rule = { minimumConfidence: 0.5, pluralityOnly: true, maximumPerClass: 10_000 };
 * selectConfident(Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.5, 0.5), 2, rule); // windows 0, 1 and 2
 */
export function selectConfident(probabilities: Float32Array, classes: number, rule: SelectionRule): Uint32Array {
  const windows = requireProbabilities('teacher', probabilities, classes);
  const claimed = new Uint8Array(windows);
  for (let claimant = 0; claimant < classes; claimant++) {
    const confidence = (window: number): number => probabilities[window * classes + claimant]!;
    Uint32Array.from(claimed.keys())
      .filter((window) => confidence(window) >= rule.minimumConfidence)
      .filter((window) => !rule.pluralityOnly || mostProbable(probabilities, window, classes) === claimant)
      .sort((a, b) => confidence(b) - confidence(a) || a - b)
      .slice(0, rule.maximumPerClass)
      .forEach((window) => (claimed[window] = 1));
  }
  return Uint32Array.from(claimed.keys()).filter((window) => claimed[window] === 1);
}
