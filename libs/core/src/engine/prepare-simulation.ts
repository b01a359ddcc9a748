/** What everybody holds in a study that runs in one program, which knows the recordings of all people. */

import type { SensorRecording } from '../data/recording.js';
import type { WindowedDataset } from '../data/windows.js';
import type { Normalisation } from '../inputs/window-inputs.js';
import { assignRoles } from '../study/plans/people-roles.js';
import { prepareClientData, prepareClientTest, prepareCoordinatorData } from '../study/plans/prepare-data.js';
import type { Study } from '../study/study.js';
import type { LocalData } from '../train/local-data.js';

export interface PreparedSimulation {
  /** Absent where each site normalises by its own recordings. */
  readonly normalisation?: Normalisation;
  readonly coordinator: LocalData;
  /** By the clients' names. */
  readonly clients: ReadonlyMap<string, LocalData>;
  /** Windows of the clients' people with labels that no model sees, to evaluate on; absent where there are none. */
  readonly clientTest?: WindowedDataset;
}

/**
 * Gives each person the role that the study says, and makes windows of the recordings.
 *
 * @param people - The recordings of each person, at the study's channels and rate (`recordingsFor`)
 * @throws InvalidInput for people who are not there, and whatever else `assignRoles` and `prepareCoordinatorData` refuse
 */
export function prepareSimulation(
  study: Study,
  people: ReadonlyMap<string, readonly SensorRecording[]>,
): PreparedSimulation {
  const recordingsOf = (names: readonly string[]): readonly SensorRecording[] =>
    names.flatMap((name) => people.get(name) ?? []);
  const roles = assignRoles(study, [...people.keys()]);
  const { normalisation, data: coordinator } = prepareCoordinatorData(study, {
    labelled: recordingsOf(roles.labelled),
    test: recordingsOf(roles.test),
  });
  const recordings = [...roles.clients].map(([name, members]) => [name, recordingsOf(members)] as const);
  const clients = recordings.map(([name, own]) => [name, prepareClientData(study, own, normalisation)] as const);
  const clientTest = prepareClientTest(
    study,
    recordings.map(([, own]) => own),
    normalisation,
  );
  return {
    ...(normalisation && { normalisation }),
    coordinator,
    clients: new Map(clients),
    ...(clientTest && { clientTest }),
  };
}
