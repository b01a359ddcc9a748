/** Evaluates a model on the test windows that a participant holds. */

import { windowCount, type WindowedDataset } from '../../data/windows.js';
import type { Rng } from '../../math/random.js';
import { evaluateClassification } from '../../metrics/classification.js';
import type { Evaluation } from '../../metrics/evaluation.js';
import { createNetwork } from '../../model/network.js';
import type { TrainedModel } from '../../model/parameters/initial-parameters.js';
import type { StagePlan } from '../plan.js';
import { predictActivities } from './predict.js';
import type { EvaluateReply, EvaluateTask } from '../task.js';

/** The smallest positive 32-bit number there is at full precision: a probability of 0 would have no finite loss. */
const LOWEST_PROBABILITY = 2 ** -126;

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
  { network, parameters }: TrainedModel,
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

/**
 * The loss of a model with an `activity` head on each labelled window: the negative logarithm of the probability that it
 * gives to the true activity, shape [window].
 *
 * @throws the signal's reason when it aborts
 */
export async function windowLosses(
  { network, parameters }: TrainedModel,
  windows: WindowedDataset & { readonly labels: Float32Array },
  signal: AbortSignal,
): Promise<Float64Array> {
  const probabilities = await predictActivities(createNetwork(network), parameters, windows, signal);
  const classes = probabilities.length / windowCount(windows);
  return Float64Array.from(
    trueClasses(windows.labels, classes),
    (actual, window) => -Math.log(Math.max(LOWEST_PROBABILITY, probabilities[window * classes + actual]!)),
  );
}

/** The person of each window, shape [window]. */
export function peopleOf({ recordings, recordingOf }: WindowedDataset): readonly string[] {
  return Array.from(recordingOf, (recording) => recordings[recording]!.subject);
}

/** The class of each one-hot row, shape [window]. */
export function trueClasses(labels: Float32Array, classes: number): Uint8Array {
  return Uint8Array.from({ length: labels.length / classes }, (_, window) =>
    labels.subarray(window * classes, (window + 1) * classes).indexOf(1),
  );
}
