/**
 * How good the pseudo-labels are that a participant accepted, measured by the true activities of its windows. Only a
 * simulation knows these, and no message of a deployment has the figures.
 */

import { confidenceOf, type Selection } from '../selection/selection.js';

/** How good accepted pseudo-labels are. */
export interface LabelQuality {
  /** Mean probability of the label over the accepted windows, after alignment and smoothing. */
  readonly confidence: number;
  /** Number of accepted windows whose true activity is known. */
  readonly known: number;
  /** How many of these have the right label. */
  readonly right: number;
}

/** Probabilities of the labels of windows, and which of these windows were accepted. */
interface AcceptedLabels {
  /** Shape [window, class]. */
  readonly probabilities: Float32Array;
  readonly selection: Selection;
}

/**
 * The quality of the accepted labels; undefined where none was accepted.
 *
 * @param truth - Index of the true activity of each window, -1 where it is not known; shape [window]
 */
export function labelQuality(
  { probabilities, selection: { windows } }: AcceptedLabels,
  truth: Int16Array,
): LabelQuality | undefined {
  const { classOf, confidence } = confidenceOf(probabilities, probabilities.length / truth.length);
  let [sum, known, right] = [0, 0, 0];
  for (const window of windows) {
    sum += confidence[window]!;
    known += truth[window]! >= 0 ? 1 : 0;
    right += truth[window] === classOf[window] ? 1 : 0;
  }
  return windows.length === 0 ? undefined : { confidence: sum / windows.length, known, right };
}
