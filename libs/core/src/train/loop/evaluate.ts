/** Evaluates a model on the test windows that a participant holds. */

import { windowCount, type WindowedDataset } from '../../data/windows.js';
import type { Rng } from '../../math/random.js';
import { evaluateClassification } from '../../metrics/classification.js';
import type { Evaluation } from '../../metrics/evaluation.js';
import { createNetwork } from '../../model/network.js';
import type { NetworkSpec } from '../../model/network-spec.js';
import type { StagePlan } from '../plan.js';
import { predictActivities } from './predict.js';
import type { EvaluateReply, EvaluateTask } from '../task.js';

interface Evaluating {
  readonly stage: StagePlan;
  readonly task: EvaluateTask;
  /** Random source for resampling the test people. */
  readonly rng: Rng;
  readonly signal: AbortSignal;
}

/**
 * Evaluates the task's parameters on the test windows.
 *
 * @throws Error when there is nothing to test on.
 */
export async function evaluateActivities(
  test: WindowedDataset | undefined,
  { stage, task, rng, signal }: Evaluating,
): Promise<EvaluateReply> {
  if (!test?.labels || windowCount(test) === 0) {
    throw new Error(`Stage "${stage.name}" cannot be evaluated: this participant has no labelled test windows`);
  }
  const model = { network: stage.network, parameters: task.parameters };
  const evaluation = await evaluateModel(model, { ...test, labels: test.labels }, { rng, signal });
  return { kind: 'evaluate', stage: task.stage, round: task.round, evaluation };
}

/** The figures of a model with an `activity` head on labelled windows. */
export async function evaluateModel(
  { network, parameters }: { readonly network: NetworkSpec; readonly parameters: Float32Array },
  test: WindowedDataset & { readonly labels: Float32Array },
  { rng, signal }: Pick<Evaluating, 'rng' | 'signal'>,
): Promise<Evaluation> {
  const activities = network.heads.find(({ name }) => name === 'activity')?.outputs ?? [];
  return evaluateClassification({
    truth: trueClasses(test.labels, activities.length),
    probabilities: await predictActivities(createNetwork(network), parameters, test, signal),
    classes: activities,
    people: { ofWindow: peopleOf(test), rng: rng.fork('resamples') },
  });
}

/** The person of each window, shape [window]. */
function peopleOf({ recordings, recordingOf }: WindowedDataset): readonly string[] {
  return Array.from(recordingOf, (recording) => recordings[recording]!.subject);
}

/** The class of each one-hot row, shape [window]. */
export function trueClasses(labels: Float32Array, classes: number): Uint8Array {
  return Uint8Array.from({ length: labels.length / classes }, (_, window) =>
    labels.subarray(window * classes, (window + 1) * classes).indexOf(1),
  );
}
