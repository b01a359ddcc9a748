/** A trained model that tells activities apart, and what it makes of recordings, prepared as in training and evaluation. */

import type { RawRecording } from '../data/recording.js';
import { sampleTimes } from '../data/resample.js';
import { unbrokenStretches } from '../data/stretches.js';
import { slideWindows, type WindowedDataset } from '../data/windows.js';
import { InvalidInput } from '../errors.js';
import type { Normalisation } from '../inputs/window-inputs.js';
import { createNetwork } from '../model/network.js';
import { recordingsFor, withInputs } from '../study/plans/prepare-data.js';
import type { SensorPlan } from '../study/study.js';
import type { TemporalSmoothing } from '../train/labelling/temporal-smoothing.js';
import { predictActivities } from '../train/loop/predict.js';
import type { ModelMetadata } from './model-metadata.js';
import { decodeModel, type StoredModel } from './stored-model.js';

/** A stored model with an activity head, and its predictions. */
export interface Classifier extends StoredModel {
  /** In the order of the probabilities. */
  readonly activities: readonly string[];
  /**
   * The probability of each activity for each window, shape [window, activity]. A tfjs backend must be ready. Rejects with
   * the signal's reason when it aborts.
   */
  readonly classify: (windows: WindowedDataset, signal: AbortSignal) => Promise<Float32Array>;
}

/**
 * Reads a classifier from the bytes of a model's file.
 *
 * @param source - The file's path, for messages
 * @throws InvalidInput as `decodeModel` does, and when the model has no head that tells activities apart
 *
 * @example
 * const classifier = await readClassifier(bytes, 'fine-tune.safetensors');
 * const { windows } = recordingWindows(classifier.metadata, recording);
 * const probabilities = await classifier.classify(windows, signal);
 */
export async function readClassifier(bytes: Uint8Array, source: string): Promise<Classifier> {
  const model = await decodeModel(bytes, source);
  const { heads } = model.metadata.network;
  const head = heads.find(({ name, kind }) => name === 'activity' && kind === 'exclusive');
  if (!head) {
    const found = heads.map(({ name, kind }) => `${name} (${kind})`).join(', ') || 'none';
    const message = `expected a head "activity" whose outputs exclude each other, found ${found}`;
    throw new InvalidInput(source, [{ path: 'metadata, network.heads', message }]);
  }
  const network = createNetwork(model.metadata.network);
  return {
    ...model,
    activities: head.outputs,
    classify: (windows, signal) => predictActivities(network, model.parameters, windows, signal),
  };
}

/** The windows of one recording, and when they begin. */
export interface RecordingWindows {
  readonly windows: WindowedDataset;
  /** Time at which each window begins, in seconds of the recording's own clock, shape [window]. */
  readonly startSeconds: Float64Array;
}

/**
 * All windows of a recording, at the model's channels and rate, with the inputs of its network. No window extends over a
 * gap; a recording shorter than a window has none.
 *
 * @param own - The normalisation of the person's own recordings (`normalisationOf`); required where the model has none
 *   because its study normalises each site by itself
 * @throws InvalidInput when a channel is missing; Error when the normalisation is required and was not given
 */
export function recordingWindows(metadata: ModelMetadata, raw: RawRecording, own?: Normalisation): RecordingWindows {
  const { sensors } = metadata;
  const normalisation = metadata.normalisation ?? own;
  if (!normalisation) {
    throw new Error("The model's study normalises each site by itself: the person's own normalisation was not given");
  }
  const pieces = withInputs(sensors, recordingsFor(sensors, raw), normalisation);
  const windows = slideWindows(pieces, { length: sensors.window, step: sensors.step });
  const times = sampleTimes(raw);
  const pieceStarts = unbrokenStretches(times).map(({ first }) => times[first] ?? 0);
  const { recordingOf, startOf } = windows;
  const startSeconds = Float64Array.from(
    startOf,
    (start, window) => (pieceStarts[recordingOf[window] ?? 0] ?? 0) + start / sensors.rateHz,
  );
  return { windows, startSeconds };
}

/**
 * How windows of this plan are smoothed (`smoothOverTime`): each counts as much as it has samples that the next one does
 * not have, so that windows which overlap count every sample once.
 *
 * @param stay - Probability that the next window shows the same activity
 */
export function smoothingFor({ window, step }: SensorPlan, stay: number): TemporalSmoothing {
  return { stay, weight: Math.min(1, step / window) };
}
