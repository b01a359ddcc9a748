/** A whole federated study in one program, which knows the recordings of all people: from recordings to models. */

import type { SensorRecording, RawRecording } from '../data/recording.js';
import type { WindowedDataset } from '../data/windows.js';
import type { Normalisation } from '../inputs/window-inputs.js';
import { composedName } from '../names.js';
import { assignRoles } from '../study/plans/people-roles.js';
import {
  prepareClientData,
  prepareClientTest,
  prepareCoordinatorData,
  recordingsFor,
  withTruth,
} from '../study/plans/prepare-data.js';
import { stagePlans } from '../study/plans/stage-plans.js';
import { type Study, COORDINATOR } from '../study/study.js';
import { classPriorOf } from '../train/labelling/class-prior.js';
import type { Labellers } from '../train/labelling/labellers.js';
import type { LocalData } from '../train/local-data.js';
import { createParticipant } from '../train/participant.js';
import type { Participant } from '../train/task.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import { type PrivacyLedger, sessionLedger } from './privacy-ledger.js';
import type { RoundReport } from './round-report.js';
import { runStudy } from './run-study.js';
import type { StudyResult } from './starting-point.js';
import { drawnDurations } from './timer.js';

/** The windows of all participants of a simulation. */
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
  const clients = recordings.map(([name, own]) => {
    return [name, withTruth(study, prepareClientData(study, own, normalisation))] as const;
  });
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

/** What a simulation takes beside the study and the recordings. */
export interface SimulationOptions {
  /** Labellers beside those that every study knows; `parseStudy` needs the same. */
  readonly labellers?: Labellers;
  /** Replaces a client's participant, for example by one that is hostile. */
  readonly wrapClient?: (participant: Participant, client: string) => Participant;
  /** Counts the releases of a study with a privacy budget; by default one in memory (`sessionLedger`). */
  readonly privacy?: PrivacyLedger;
  readonly signal?: AbortSignal;
}

/**
 * Runs a study with simulated clients, one after the other in this thread. The study says who is labelled, who is
 * tested and who is a client; a client's recordings never leave its participant. A tfjs backend must be ready. Yields a
 * report after each round, and returns every stage's parameters, as `runStudy` does.
 *
 * @param recordings - Of all people, as they were read; `subject` says whose each is
 * @throws InvalidInput when the recordings do not fit the study; StudyStopped when it cannot go on; the signal's reason
 *   when it aborts
 *
 * @example
 * for await (const { stage, round, evaluation } of simulateStudy(study, recordings)) {
 *   console.log(`${stage} ${round}: weighted F1 ${evaluation?.weightedF1}`);
 * }
 */
export async function* simulateStudy(
  study: Study,
  recordings: Iterable<RawRecording>,
  { labellers = {}, wrapClient = (participant) => participant, privacy, signal }: SimulationOptions = {},
): AsyncGenerator<RoundReport, StudyResult> {
  const { seed } = study;
  const stages = stagePlans(study);
  const participant = (client: string, data: LocalData): Participant =>
    createParticipant({ client, seed, stages, data, labellers });
  const { coordinator, clients } = prepareSimulation(study, recordingsByPerson(study, recordings));
  const participants = [...clients].map(([name, data]) => [name, wrapClient(participant(name, data), name)] as const);
  return yield* runStudy(study, {
    fleet: inMemoryFleet(new Map(participants), { concurrency: 1 }),
    coordinator: participant(COORDINATOR, coordinator),
    classPrior: classPriorOf(coordinator.labelled),
    durations: drawnDurations(seed),
    privacy: privacy ?? sessionLedger(study),
    signal: signal ?? new AbortController().signal,
  });
}

function recordingsByPerson(
  { sensors }: Study,
  recordings: Iterable<RawRecording>,
): ReadonlyMap<string, readonly SensorRecording[]> {
  const people = new Map<string, SensorRecording[]>();
  for (const raw of recordings) {
    const name = composedName(raw.subject); // as studies have it
    const own = people.get(name) ?? [];
    for (const recording of recordingsFor(sensors, raw)) {
      own.push(recording);
    }
    people.set(name, own);
  }
  return people;
}
