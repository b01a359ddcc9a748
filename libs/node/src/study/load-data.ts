/** From a data folder to the windows that the participants of a study hold. */

import {
  COORDINATOR,
  InvalidInput,
  type LocalData,
  type RawRecording,
  type SensorPlan,
  type SensorRecording,
  type Study,
} from '@gaitway/core';
import { sampleTimes, unbrokenStretches, windowCount, type WindowedDataset } from '@gaitway/core/data';
import { prepareSimulation } from '@gaitway/core/engine';
import type { Normalisation } from '@gaitway/core/inputs';
import { prepareClientData, prepareCoordinatorData, recordingsFor, type CoordinatorData } from '@gaitway/core/study';
import { type DataFolderOptions, readDataFolder } from '../data/data-folder.js';
import type { Suspect } from '../data/inspection.js';
import { shareLocalData } from '../data/shared.js';

export interface DataSource extends DataFolderOptions {
  readonly folder: string;
}

/** Everybody's windows in a simulation, the coordinator's among them, by participant. */
export interface SimulationData {
  /** Absent where each site normalises by its own recordings. */
  readonly normalisation?: Normalisation;
  readonly data: ReadonlyMap<string, LocalData>;
  /** The clients' people with labels that no model sees, to evaluate on; absent where there are none. */
  readonly clientTest?: LocalData;
}

/**
 * Reads the coordinator's people and every simulated client's from one folder.
 *
 * @throws InvalidInput for files that cannot be read and people who are not there.
 */
export async function loadSimulation(study: Study, source: DataSource): Promise<SimulationData> {
  const people = await recordingsByPerson(study.sensors, source);
  const { normalisation, coordinator, clients, clientTest } = prepareSimulation(study, people);
  source.check?.tell(activitiesWithoutWindows(study, coordinator), source.folder);
  const data = [...clients].map(([name, own]) => {
    return [name, { ...shareLocalData(own), ...(own.truth && { truth: own.truth }) }] as const;
  });
  return {
    ...(normalisation && { normalisation }),
    data: new Map([[COORDINATOR, shareLocalData(coordinator)], ...data]),
    ...(clientTest && { clientTest: shareLocalData({ test: clientTest }) }),
  };
}

/**
 * Reads the people whom the coordinator of a deployment needs; files of others are not opened where their paths tell.
 *
 * @throws InvalidInput for files that cannot be read and people who are not there.
 */
export async function loadCoordinator(study: Study, source: DataSource): Promise<CoordinatorData> {
  const { test, labelled } = study.people;
  const people = await recordingsByPerson(study.sensors, { ...source, people: [...test, ...labelled] });
  const { data, ...rest } = prepareCoordinatorData(study, {
    labelled: recordingsOf(people, labelled),
    test: recordingsOf(people, test),
  });
  source.check?.tell(activitiesWithoutWindows(study, data), source.folder);
  return { ...rest, data: shareLocalData(data) };
}

/** Activities of a study that nobody shows its model, or that no test of it meets. */
function activitiesWithoutWindows({ activities }: Study, { labelled, test }: LocalData): readonly Suspect[] {
  return [
    { windows: labelled, who: 'labelled people', effect: 'the model cannot learn it' },
    { windows: test, who: 'test people', effect: 'no figure says whether it is recognised' },
  ].flatMap(({ windows, who, effect }) => {
    const counts = windows && windowCount(windows) > 0 ? windowsByActivity(windows, activities.length) : undefined;
    const missing = activities.filter((_, index) => counts?.[index] === 0);
    return missing.map((name): Suspect => {
      const reason = `${name} has no window of the ${who}: ${effect}; leave it out of the study, or choose other people`;
      return { kind: 'without-windows', source: 'activities', reason };
    });
  });
}

/** Labels are one-hot rows. */
function windowsByActivity({ labels }: WindowedDataset, count: number): Float64Array {
  const counts = new Float64Array(count);
  labels?.forEach((value, index) => {
    counts[index % count] = (counts[index % count] ?? 0) + value;
  });
  return counts;
}

/** What a client reads its recordings with, beside the study. */
export interface ClientLoading {
  /** As the coordinator gave it; absent where each site normalises by its own recordings. */
  readonly normalisation?: Normalisation | undefined;
  /** The most that the recordings may take at the study's rate. */
  readonly memoryBytes?: number;
}

/**
 * Reads a client's own recordings.
 *
 * @throws InvalidInput for files that cannot be read, people who are not there, recordings that would take more memory
 *   than they may, before they are resampled, and several people where the study protects each person: a client's update
 *   is clipped as a whole.
 */
export async function loadClient(
  study: Study,
  source: DataSource,
  { normalisation, memoryBytes }: ClientLoading = {},
): Promise<LocalData> {
  const limit = memoryBytes === undefined ? undefined : { memoryBytes, windowBytes: windowBytes(study) };
  const people = await recordingsByPerson(study.sensors, source, limit);
  if (study.privacy?.unit === 'person' && people.size > 1) {
    const found = `${people.size}: ${[...people.keys()].join(', ')}`;
    const message = `expected the recordings of one person, because the study protects each person by itself, found those of ${found}`;
    throw new InvalidInput(source.folder, [
      { path: '', message: `${message}; start a client for each, with --people` },
    ]);
  }
  return shareLocalData(prepareClientData(study, [...people.values()].flat(), normalisation));
}

type PeopleRecordings = ReadonlyMap<string, readonly SensorRecording[]>;

/** The recordings of the named people. */
export function recordingsOf(people: PeopleRecordings, names: readonly string[]): readonly SensorRecording[] {
  return names.flatMap((name) => people.get(name) ?? []);
}

/** How much memory recordings and their windows may take. */
interface MemoryLimit {
  readonly memoryBytes: number;
  /** Bytes of a window beside its samples. */
  readonly windowBytes: number;
}

/** Everybody's recordings at a plan's channels and rate. */
export async function recordingsByPerson(
  sensors: SensorPlan,
  { folder, check, ...options }: DataSource,
  limit?: MemoryLimit,
): Promise<PeopleRecordings> {
  const people = new Map<string, SensorRecording[]>();
  let needed = 0;
  for await (const raw of readDataFolder(folder, {
    ...options,
    ...(check && { check: { ...check, plan: sensors } }),
  })) {
    needed += limit ? resampledBytes(raw, sensors, limit.windowBytes) : 0;
    if (limit && needed > limit.memoryBytes) {
      const [found, most] = [needed, limit.memoryBytes].map((bytes) => `${Math.ceil(bytes / 1e6)} MB`);
      const message = `expected recordings that take at most ${most} at ${sensors.rateHz} Hz, found ${found} so far`;
      throw new InvalidInput(raw.source, [{ path: '', message }]);
    }
    const known = people.get(raw.subject) ?? [];
    for (const recording of recordingsFor(sensors, raw)) {
      known.push(recording);
    }
    people.set(raw.subject, known);
  }
  return people;
}

/** Bytes of a 32-bit sample of one channel, of which there are two while samples are handed to another thread. */
const BYTES_PER_SAMPLE = 8;
/** Bytes of a window beside its labels: where it begins, and its place among those that are used. */
const BYTES_PER_WINDOW = 64;
/** Bytes of a label or of a feature of a window, of which there are copies: all of them, and those that are used. */
const BYTES_PER_VALUE = 12;

/**
 * About how much memory a window takes beside its samples, at the most: the labels of a stage, one number for each
 * activity, and the features of its core where they are kept.
 */
function windowBytes({ stages, activities, model }: Study): number {
  const keepsFeatures = stages.some(({ where, cacheFeatures }) => where === 'clients' && cacheFeatures);
  const features = keepsFeatures ? (model.convolutions.at(-1)?.filters ?? 0) : 0;
  return BYTES_PER_WINDOW + BYTES_PER_VALUE * (activities.length + features);
}

/** About how much memory a recording will take once it is resampled and cut into windows. */
function resampledBytes(raw: RawRecording, { channels, rateHz, step }: SensorPlan, ofWindow: number): number {
  const times = sampleTimes(raw);
  const lengths = unbrokenStretches(times).map(({ first, end }) => (times[end - 1] ?? 0) - (times[first] ?? 0));
  const seconds = lengths.reduce((sum, length) => sum + length, 0);
  const steps = rateHz * seconds;
  return steps * (channels.length * BYTES_PER_SAMPLE + ofWindow / step);
}
