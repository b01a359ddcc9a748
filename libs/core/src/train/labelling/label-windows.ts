/** Labels windows by a teacher's probabilities: alignment, smoothing, selection, form of the labels. */

import { selectWindows, windowCount, type WindowedDataset } from '../../data/windows.js';
import { alignWithPrior } from './class-prior.js';
import { labelsFrom } from './label-form.js';
import type { LabelQuality } from './label-quality.js';
import type { LabelPlan } from '../plan.js';
import type { Selection } from '../selection/selection.js';
import { selectionRule, type SelectionPlan } from '../selection/selection-rules.js';
import { smoothOverTime } from './temporal-smoothing.js';

/** Windows with labels, and the weight of each. */
export interface LabelledWindows {
  readonly windows: WindowedDataset;
  /** Weight of each window in the activity head's loss, shape [window]; all 1 where absent. */
  readonly weights?: Float32Array;
  /** How good the labels are, where the true activities are known. */
  readonly quality?: LabelQuality;
}

export interface LabellingOptions {
  readonly selection: SelectionPlan;
  readonly labels: LabelPlan;
  /** The coordinator's class prior, shape [class]; required where labels are aligned with it. */
  readonly classPrior?: readonly number[] | undefined;
}

/** All windows with labels, and which of them a rule selected. */
export interface Labelling {
  readonly all: WindowedDataset;
  /** After alignment and smoothing, as the rule saw them; shape [window, class]. */
  readonly probabilities: Float32Array;
  readonly selection: Selection;
}

/**
 * Labels windows by their probabilities. The selection rule sees the probabilities after alignment and smoothing, but
 * before they are turned into labels.
 *
 * @param probabilities - Shape [window, class]
 * @throws InvalidInput for numbers that are not probabilities, Error when the class prior is required and missing.
 */
export function labelWindows(
  windows: WindowedDataset,
  probabilities: Float32Array,
  { selection, labels, classPrior }: LabellingOptions,
): Labelling {
  const classes = windowCount(windows) === 0 ? 1 : probabilities.length / windowCount(windows);
  const aligned =
    labels.alignment === 'none' ? probabilities : alignWithPrior(probabilities, given(classPrior), classes);
  const smoothed = labels.smoothing ? smoothOverTime(windows, aligned, labels.smoothing) : aligned;
  return {
    probabilities: smoothed,
    selection: selectionRule(selection)(smoothed, classes),
    all: { ...windows, labels: labelsFrom(smoothed, classes, labels) },
  };
}

/** Only the selected windows. */
export function acceptedWindows({ all, selection: { windows, ...weights } }: Labelling): LabelledWindows {
  return { windows: selectWindows(all, windows), ...weights };
}

/** All windows; those that were not selected have no label (NaN). */
export function withLabelsOfAccepted({ all, selection }: Labelling): LabelledWindows {
  const count = windowCount(all);
  const classes = all.labels ? all.labels.length / Math.max(1, count) : 0;
  const labels = new Float32Array(count * classes).fill(NaN);
  const weights = new Float32Array(count).fill(1);
  selection.windows.forEach((window, place) => {
    labels.set(all.labels!.subarray(window * classes, (window + 1) * classes), window * classes);
    weights[window] = selection.weights?.[place] ?? 1;
  });
  return { windows: { ...all, labels }, ...(selection.weights && { weights }) };
}

function given(classPrior: readonly number[] | undefined): readonly number[] {
  if (!classPrior) {
    throw new Error('Labels are aligned with the class prior of the coordinator, and the task brought none');
  }
  return classPrior;
}
