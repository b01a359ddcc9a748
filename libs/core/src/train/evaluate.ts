/** A model's figures on the test windows a participant holds. */

import { windowCount, type WindowedDataset } from '../data/windows.js';
import { evaluateClassification } from '../metrics/classification.js';
import { createNetwork } from '../model/network.js';
import type { StagePlan } from './plan.js';
import { predictActivities } from './predict.js';
import type { EvaluateReply, EvaluateTask } from './task.js';

/**
 * Predicts the test windows with the task's parameters.
 *
 * @throws Error when there is nothing to test on.
 */
export async function evaluateActivities(
  test: WindowedDataset | undefined,
  { stage, task, signal }: { readonly stage: StagePlan; readonly task: EvaluateTask; readonly signal: AbortSignal },
): Promise<EvaluateReply> {
  if (!test?.labels || windowCount(test) === 0) {
    throw new Error(`Stage "${stage.name}" cannot be evaluated: this participant has no labelled test windows`);
  }
  const activities = stage.network.heads.find(({ name }) => name === 'activity')?.outputs ?? [];
  const probabilities = await predictActivities(createNetwork(stage.network), task.parameters, test, signal);
  const evaluation = evaluateClassification({
    truth: trueClasses(test.labels, activities.length),
    probabilities,
    classes: activities,
  });
  return { kind: 'evaluate', stage: task.stage, round: task.round, evaluation };
}

/** The class of each one-hot row. */
function trueClasses(labels: Float32Array, classes: number): Uint8Array {
  return Uint8Array.from({ length: labels.length / classes }, (_, window) =>
    labels.subarray(window * classes, (window + 1) * classes).indexOf(1),
  );
}
