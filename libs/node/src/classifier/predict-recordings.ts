/** Applies a model to a folder of recordings, and writes what it makes of each window while it reads. */

import { InvalidInput, type RawRecording } from '@gaitway/core';
import { type Classifier, recordingWindows } from '@gaitway/core/classifier';
import { type ChannelStatistics, channelStatistics, mergeStatistics, normalisationFrom } from '@gaitway/core/data';
import type { Normalisation } from '@gaitway/core/inputs';
import { recordingsFor } from '@gaitway/core/study';
import { smoothOverTime, type TemporalSmoothing } from '@gaitway/core/train';
import { loadBackend } from '../backend/load-backend.js';
import { readDataFolder } from '../data/data-folder.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { refuseTakenPath } from '../files/refuse-taken-path.js';
import { counted } from '../report/format.js';
import type { DataSource } from '../study/load-data.js';
import { countMinutes, type MinutesCounter, type PersonMinutes, minutesTable } from './activity-minutes.js';
import {
  type ClassifierFacts,
  type ClassifierOptions,
  readGivenClassifier,
  smoothingText,
} from './given-classifier.js';
import { type PredictedWindows, tableHead, tableRows } from './prediction-table.js';

export interface PredictOptions extends ClassifierOptions {
  /** Path of the table, which must not be there yet. */
  readonly out: string;
}

/** What was written, and how long each person did what. */
export interface Predictions {
  readonly model: ClassifierFacts;
  readonly backend: string;
  readonly table: string;
  readonly activities: readonly string[];
  readonly windows: number;
  /** Recordings in which no window fits. */
  readonly withoutWindow: readonly string[];
  readonly smoothing?: TemporalSmoothing;
  readonly people: readonly PersonMinutes[];
}

/**
 * Writes a table of all windows of a folder. At most one file of the folder is in memory. Where the study normalises each
 * site by itself, everybody's recordings are read twice, and each person is normalised by their own.
 *
 * @throws InvalidInput when there is no model or it does not tell activities apart, the table cannot be a new file,
 *   recordings cannot be read or lack a channel, or none is as long as a window: then there is no table.
 */
export async function predictRecordings(options: PredictOptions): Promise<Predictions> {
  const { source, out, backend: preferred, reporter } = options;
  const { classifier, facts, smoothing } = await readGivenClassifier(options);
  await refuseTakenPath(out);
  const { name: backend } = await loadBackend(preferred);
  reporter.status('reading recordings …');
  const { sensors } = classifier.metadata;
  const own = classifier.metadata.normalisation ? undefined : await ownNormalisations(classifier, source);
  const minutes = countMinutes(classifier.activities, sensors.step / sensors.rateHz);
  const withoutWindow: string[] = [];
  const work = { classifier, own, smoothing, minutes, withoutWindow };
  await writeFileAtomically(out, tableOf(work, options));
  const people = minutes.people();
  return {
    model: facts,
    backend,
    table: out,
    activities: classifier.activities,
    windows: people.reduce((sum, { windows }) => sum + windows, 0),
    withoutWindow,
    ...(smoothing && { smoothing }),
    people,
  };
}

/** The normalisation of each person by all of their recordings, which are read one by one. */
async function ownNormalisations(
  { metadata: { sensors } }: Classifier,
  { folder, layout }: DataSource,
): Promise<ReadonlyMap<string, Normalisation>> {
  const statistics = new Map<string, ChannelStatistics>();
  for await (const raw of readDataFolder(folder, { ...(layout !== undefined && { layout }) })) {
    const known = statistics.get(raw.subject);
    const pieces = recordingsFor(sensors, raw).map((piece) => channelStatistics([piece]));
    statistics.set(raw.subject, mergeStatistics([...(known ? [known] : []), ...pieces]));
  }
  return new Map([...statistics].map(([person, of]) => [person, normalisationFrom(of, [person])]));
}

interface Work {
  readonly classifier: Classifier;
  /** By person; absent where the model has one normalisation for all. */
  readonly own: ReadonlyMap<string, Normalisation> | undefined;
  readonly smoothing: TemporalSmoothing | undefined;
  readonly minutes: MinutesCounter;
  readonly withoutWindow: string[];
}

async function* tableOf(work: Work, { source, signal }: PredictOptions): AsyncGenerator<string> {
  const { classifier, smoothing, minutes, withoutWindow } = work;
  const { activities, metadata } = classifier;
  const { window, rateHz } = metadata.sensors;
  const { folder, check, ...options } = source;
  const withCheck = { ...options, ...(check && { check: { ...check, plan: metadata.sensors } }) };
  let recordings = 0;
  yield tableHead(activities, smoothing !== undefined);
  for await (const raw of readDataFolder(folder, withCheck)) {
    const predicted = await predict(raw, work, signal);
    recordings++;
    minutes.add(predicted);
    if (predicted.startSeconds.length === 0) {
      withoutWindow.push(raw.source);
    }
    yield tableRows(predicted, { activities, seconds: window / rateHz });
  }
  if (recordings === withoutWindow.length) {
    const message = `expected recordings of at least ${window / rateHz} s (one window), found none among ${recordings}`;
    throw new InvalidInput(folder, [{ path: '', message }]);
  }
}

async function predict(
  raw: RawRecording,
  { classifier, own, smoothing }: Work,
  signal: AbortSignal,
): Promise<PredictedWindows> {
  const { windows, startSeconds } = recordingWindows(classifier.metadata, raw, own?.get(raw.subject));
  const probabilities = await classifier.classify(windows, signal);
  const smoothed = smoothing && smoothOverTime(windows, probabilities, smoothing);
  return { recording: raw, startSeconds, probabilities, ...(smoothed && { smoothed }) };
}

/** Number of recordings without a row that the terminal names. */
const NAMED = 3;

/** What the terminal shows of predictions. Has no final line break. */
export function renderPredictions({
  people,
  activities,
  windows,
  withoutWindow,
  table,
  smoothing,
}: Predictions): string {
  const named = [...withoutWindow.slice(0, NAMED), ...(withoutWindow.length > NAMED ? ['…'] : [])].join(', ');
  return [
    ...minutesTable(people, activities),
    '',
    ...(smoothing ? [smoothingText(smoothing)] : []),
    ...(withoutWindow.length > 0
      ? [`${counted(withoutWindow.length, 'recording')} without a row, because no window fits: ${named}`]
      : []),
    `${counted(windows, 'window')}: ${table}`,
  ].join('\n');
}
