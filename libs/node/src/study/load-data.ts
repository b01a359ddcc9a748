/** From a data folder to the windows that the participants of a study hold. */

import { COORDINATOR, type LocalData, type SensorPlan, type SensorRecording, type Study } from '@gaitway/core';
import { prepareSimulation } from '@gaitway/core/engine';
import type { Normalisation } from '@gaitway/core/inputs';
import { prepareClientData, prepareCoordinatorData, recordingsFor, type CoordinatorData } from '@gaitway/core/study';
import { type DataFolderOptions, readDataFolder } from '../data/data-folder.js';
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
  const data = [...clients].map(([name, own]) => [name, shareLocalData(own)] as const);
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
  return { ...rest, data: shareLocalData(data) };
}

/**
 * Reads a client's own recordings.
 *
 * @param normalisation - As the coordinator gave it.
 * @throws InvalidInput for files that cannot be read and people who are not there.
 */
export async function loadClient(study: Study, source: DataSource, normalisation?: Normalisation): Promise<LocalData> {
  const people = await recordingsByPerson(study.sensors, source);
  return shareLocalData(prepareClientData(study, [...people.values()].flat(), normalisation));
}

type PeopleRecordings = ReadonlyMap<string, readonly SensorRecording[]>;

/** The recordings of the named people. */
export function recordingsOf(people: PeopleRecordings, names: readonly string[]): readonly SensorRecording[] {
  return names.flatMap((name) => people.get(name) ?? []);
}

/** Everybody's recordings at a plan's channels and rate. */
export async function recordingsByPerson(
  sensors: SensorPlan,
  { folder, ...options }: DataSource,
): Promise<PeopleRecordings> {
  const people = new Map<string, SensorRecording[]>();
  for await (const raw of readDataFolder(folder, options)) {
    const known = people.get(raw.subject) ?? [];
    for (const recording of recordingsFor(sensors, raw)) {
      known.push(recording);
    }
    people.set(raw.subject, known);
  }
  return people;
}
