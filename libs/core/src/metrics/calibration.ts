/** Whether a model's accuracy agrees with its confidence (C. Guo et al., ICML 2017, arXiv 1706.04599, section 2). */

import { mostProbable } from './probabilities.js';

/** The windows whose highest probability lies in the same fifteenth of the interval from 0 to 1. */
export interface ReliabilityBin {
  readonly windows: number;
  /** Mean of the highest probabilities; `null` where the bin has no window. */
  readonly confidence: number | null;
  /** Share of windows predicted correctly; `null` where the bin has no window. */
  readonly accuracy: number | null;
}

export interface Calibration {
  /** Expected calibration error: mean distance of accuracy from confidence, weighted by windows. */
  readonly error: number;
  /** Bins of equal width from 0 to 1. Bin m of M holds the confidences above m / M, up to and including (m + 1) / M. */
  readonly bins: readonly ReliabilityBin[];
}

/** The number of bins in the paper's experiments. */
const BINS = 15;

/**
 * Expected calibration error (equation 3) and the reliability diagram that it is computed from.
 *
 * @param truth - Class indices, shape [window]
 * @param probabilities - Shape [window, class]
 */
export function calibrationOf(
  truth: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  classes: number,
): Calibration {
  const windows = new Uint32Array(BINS);
  const right = new Uint32Array(BINS);
  const confidence = new Float64Array(BINS);
  for (let window = 0; window < truth.length; window++) {
    const predicted = mostProbable(probabilities, window, classes);
    const probability = probabilities[window * classes + predicted]!;
    const bin = Math.max(0, Math.ceil(probability * BINS) - 1);
    windows[bin]!++;
    right[bin]! += predicted === truth[window] ? 1 : 0;
    confidence[bin]! += probability;
  }
  const bins = Array.from(windows, (count, bin) => reliability(count, right[bin]!, confidence[bin]!));
  // A bin's share of the windows times the difference of its means is the difference of its sums divided by all
  // windows.
  const distance = right.reduce((sum, count, bin) => sum + Math.abs(count - confidence[bin]!), 0);
  return { error: distance / truth.length, bins };
}

function reliability(windows: number, right: number, confidence: number): ReliabilityBin {
  return windows === 0
    ? { windows, confidence: null, accuracy: null }
    : { windows, confidence: confidence / windows, accuracy: right / windows };
}
