/** SelfHAR's selection: windows that a class claims with sufficient confidence (Tang et al. 2021, section 3.2). */

import { z } from 'zod';
import { mostProbable, requireProbabilities } from '../../metrics/probabilities.js';
import type { SelectionKind } from './selection.js';

/** When a class may claim a window. */
export interface ConfidentClaims {
  /** Windows whose probability of the class is lower are left out. */
  readonly minimumConfidence: number;
  /** Only the most probable class of a window may claim it. */
  readonly pluralityOnly: boolean;
  /** Maximum number of windows for each class; the most probable ones are kept. */
  readonly maximumPerClass: number;
}

export interface ConfidentSelection extends ConfidentClaims {
  readonly kind: 'confident';
}

export const confidentDefaults: ConfidentSelection = {
  kind: 'confident',
  minimumConfidence: 0.5,
  pluralityOnly: true,
  maximumPerClass: 10_000,
};

/** The default rule of studies, whose kind may be left out. */
export const confident: SelectionKind<ConfidentSelection> = {
  settings: z.strictObject({
    kind: z.literal('confident').optional().default('confident'),
    minimumConfidence: z.number().min(0).max(1).default(confidentDefaults.minimumConfidence),
    pluralityOnly: z.boolean().default(confidentDefaults.pluralityOnly),
    maximumPerClass: z.int().min(1).default(confidentDefaults.maximumPerClass),
  }),
  rule: (settings) => (probabilities, classes) => ({ windows: selectConfident(probabilities, classes, settings) }),
};

/**
 * The windows that at least one class claims, ascending. A class claims windows whose probability of it is at least
 * `minimumConfidence` and, with `pluralityOnly`, whose most probable class it is; of these the `maximumPerClass` most
 * probable, the earlier window first where two are equal. The caller keeps the whole rows as soft labels.
 *
 * @param probabilities - The teacher's, shape [window, class]
 * @throws InvalidInput for an incomplete row or a probability outside [0, 1], such as the NaN of a teacher that
 *   diverged.
 *
 * @example
 * const claims = { minimumConfidence: 0.5, pluralityOnly: true, maximumPerClass: 10_000 };
 * selectConfident(Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.5, 0.5), 2, claims); // windows 0, 1 and 2
 */
export function selectConfident(probabilities: Float32Array, classes: number, claims: ConfidentClaims): Uint32Array {
  const windows = requireProbabilities('teacher', probabilities, classes);
  const claimed = new Uint8Array(windows);
  for (let claimant = 0; claimant < classes; claimant++) {
    const confidence = (window: number): number => probabilities[window * classes + claimant]!;
    Uint32Array.from(claimed.keys())
      .filter((window) => confidence(window) >= claims.minimumConfidence)
      .filter((window) => !claims.pluralityOnly || mostProbable(probabilities, window, classes) === claimant)
      .sort((a, b) => confidence(b) - confidence(a) || a - b)
      .slice(0, claims.maximumPerClass)
      .forEach((window) => (claimed[window] = 1));
  }
  return Uint32Array.from(claimed.keys()).filter((window) => claimed[window] === 1);
}
