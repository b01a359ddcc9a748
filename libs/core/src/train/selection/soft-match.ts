/**
 * SoftMatch: no window is left out, but uncertain ones have less weight (Chen et al. 2023, arXiv 2301.10921, eq. 6).
 * Mean and deviation are those of the participant's own windows.
 */

import { z } from 'zod';
import { confidenceOf, meanOf, type SelectionKind } from './selection.js';

export interface SoftMatchSelection {
  readonly kind: 'soft-match';
}

/** Every window, with the weight exp(-(max p - μ)² / (2 σ²)) where max p < μ, and 1 elsewhere. */
export const softMatch: SelectionKind<SoftMatchSelection> = {
  settings: z.strictObject({ kind: z.literal('soft-match') }),
  rule: () => (probabilities, classes) => {
    const { confidence } = confidenceOf(probabilities, classes);
    return { windows: Uint32Array.from(confidence.keys()), weights: truncatedGaussian(confidence) };
  },
};

function truncatedGaussian(confidence: Float32Array): Float32Array {
  const mean = meanOf(confidence);
  const squares = confidence.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = squares / Math.max(1, confidence.length);
  return confidence.map((value) => (value < mean ? Math.exp(-((value - mean) ** 2) / (2 * variance)) : 1));
}
