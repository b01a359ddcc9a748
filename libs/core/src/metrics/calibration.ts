/** Whether a model is right as often as it is sure (C. Guo et al., ICML 2017, arXiv 1706.04599, section 2). */

import { mostProbable } from './probabilities.js';

/** Windows whose highest probability lies in the same fifteenth of 0 to 1. */
export interface ReliabilityBin {
  readonly windows: number;
  /** Mean of the highest probabilities; `null` without a window. */
  readonly confidence: number | null;
  /** Share of windows predicted rightly; `null` without a window. */
  readonly accuracy: number | null;
}

export interface Calibration {
  /** Expected calibration error: mean distance of accuracy from confidence, over the windows. */
  readonly error: number;
  /** [bin]; of equal width from 0 to 1. Bin m of M holds the confidences above m / M, up to and with (m + 1) / M. */
  readonly bins: readonly ReliabilityBin[];
}

/** As many as in the paper's experiments. */
const BINS = 15;

/**
 * Expected calibration error (equation 3) and the reliability diagram it is taken from.
 *
 * @param truth - [window]; class indices
 * @param probabilities - [window, class]
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
    const sureness = probabilities[window * classes + predicted]!;
    const bin = Math.max(0, Math.ceil(sureness * BINS) - 1);
    windows[bin]!++;
    right[bin]! += predicted === truth[window] ? 1 : 0;
    confidence[bin]! += sureness;
  }
  const bins = Array.from(windows, (count, bin) => reliability(count, right[bin]!, confidence[bin]!));
  // A bin's share of the windows times the distance of its means is the distance of its sums over all windows.
  const distance = right.reduce((sum, count, bin) => sum + Math.abs(count - confidence[bin]!), 0);
  return { error: distance / truth.length, bins };
}

function reliability(windows: number, right: number, confidence: number): ReliabilityBin {
  return windows === 0
    ? { windows, confidence: null, accuracy: null }
    : { windows, confidence: confidence / windows, accuracy: right / windows };
}
