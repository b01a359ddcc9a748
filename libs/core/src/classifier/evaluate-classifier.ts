/** The figures of a classifier on labelled recordings: those of its run, where they are the run's test people's. */

import type { SensorRecording } from '../data/recording.js';
import { slideLabelledWindows, slideWindows, type WindowedDataset } from '../data/windows.js';
import type { Rng } from '../math/random.js';
import { evaluateClassification } from '../metrics/classification.js';
import type { Evaluation } from '../metrics/evaluation.js';
import { labelledWindows, withInputsByPerson } from '../study/plans/prepare-data.js';
import { COORDINATOR } from '../study/study.js';
import { smoothOverTime, type TemporalSmoothing } from '../train/labelling/temporal-smoothing.js';
import { evaluateModel, peopleOf, trueClasses } from '../train/loop/evaluate.js';
import { taskRng } from '../train/participant.js';
import type { Classifier } from './classifier.js';

/** What an evaluation takes beside the classifier and the recordings. */
export interface EvaluatingOptions {
  /** If present, the windows of each recording are also classified together. */
  readonly smoothing?: TemporalSmoothing | undefined;
  readonly signal: AbortSignal;
}

/** The figures of a classifier, and those after smoothing where that was asked for. */
export interface ClassifierEvaluation {
  readonly plain: Evaluation;
  readonly smoothed?: Evaluation;
}

/**
 * Evaluates a classifier as the run did that stored it: on the same recordings in the same order, and with the same
 * backend, all figures and intervals are the same numbers. A tfjs backend must be ready.
 *
 * @param recordings - At the model's channels and rate (`recordingsFor`), person by person
 * @throws InvalidInput for activities that the model does not know, when there is no labelled window, and when a channel
 *   of a person is constant where each is normalised by itself; the signal's reason when it aborts
 */
export async function evaluateClassifier(
  classifier: Classifier,
  recordings: readonly SensorRecording[],
  { smoothing, signal }: EvaluatingOptions,
): Promise<ClassifierEvaluation> {
  const { metadata, parameters } = classifier;
  const { seed, stage, rounds, sensors, normalisation, network } = metadata;
  const own = withInputsByPerson(sensors, recordings, normalisation);
  const test = labelledWindows(metadata, own, 'test');
  const rng = taskRng(seed, { stage, round: rounds }, COORDINATOR);
  const plain = await evaluateModel({ network, parameters }, withLabels(test), { rng, signal });
  return smoothing
    ? { plain, smoothed: await evaluateSmoothed(classifier, own, { smoothing, rng, signal }) }
    : { plain };
}

/**
 * All windows of a recording are smoothed together, those without a label too, and compared with the labels of those that
 * have one.
 */
async function evaluateSmoothed(
  { metadata, activities, classify }: Classifier,
  recordings: readonly SensorRecording[],
  {
    smoothing,
    rng,
    signal,
  }: { readonly smoothing: TemporalSmoothing; readonly rng: Rng; readonly signal: AbortSignal },
): Promise<Evaluation> {
  const plan = { length: metadata.sensors.window, step: metadata.sensors.step };
  const all = slideWindows(recordings, plan);
  const smoothed = smoothOverTime(all, await classify(all, signal), smoothing);
  const labelled = withLabels(slideLabelledWindows(recordings, plan, activities));
  const rows = new Map(Array.from(all.startOf.keys(), (window) => [placeOf(all, window), window]));
  const probabilities = new Float32Array(labelled.labels.length);
  for (const window of labelled.startOf.keys()) {
    const row = rows.get(placeOf(labelled, window))! * activities.length;
    probabilities.set(smoothed.subarray(row, row + activities.length), window * activities.length);
  }
  return evaluateClassification({
    truth: trueClasses(labelled.labels, activities.length),
    probabilities,
    classes: activities,
    people: { ofWindow: peopleOf(labelled), rng: rng.fork('resamples') },
  });
}

/** Where a window lies: equal for the same window in two selections of the same recordings. */
function placeOf({ recordingOf, startOf }: WindowedDataset, window: number): string {
  return `${recordingOf[window]!} ${startOf[window]!}`;
}

function withLabels(windows: WindowedDataset): WindowedDataset & { readonly labels: Float32Array } {
  const { labels } = windows;
  if (!labels) {
    throw new Error('Expected labelled windows, found windows without labels');
  }
  return { ...windows, labels };
}
