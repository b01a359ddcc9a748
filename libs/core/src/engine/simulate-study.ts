/** A whole federated study in one program, from recordings to models. */

import type { RawRecording, SensorRecording } from '../data/recording.js';
import { recordingsFor } from '../study/plans/prepare-data.js';
import { stagePlans } from '../study/plans/stage-plans.js';
import { COORDINATOR, type Study } from '../study/study.js';
import { classPriorOf } from '../train/labelling/class-prior.js';
import type { Labellers } from '../train/labelling/labellers.js';
import type { LocalData } from '../train/local-data.js';
import { createParticipant } from '../train/participant.js';
import type { Participant } from '../train/task.js';
import { drawnDurations } from './buffered/task-durations.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import { prepareSimulation } from './prepare-simulation.js';
import type { RoundReport } from './round-report.js';
import { runStudy } from './run-study.js';
import type { StudyResult } from './starting-point.js';

export interface SimulationOptions {
  /** Labellers beside those that every study knows; `parseStudy` needs the same. */
  readonly labellers?: Labellers;
  /** Replaces a client's participant, for example by one that is hostile. */
  readonly wrapClient?: (participant: Participant, client: string) => Participant;
  readonly signal?: AbortSignal;
}

/**
 * Runs a study with simulated clients, one after the other in this thread. The study says who is labelled, who is tested
 * and who is a client; a client's recordings never leave its participant. A tfjs backend must be ready. Yields a report
 * after each round, and returns every stage's parameters, as `runStudy` does.
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
  { labellers = {}, wrapClient = (participant) => participant, signal }: SimulationOptions = {},
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
    signal: signal ?? new AbortController().signal,
  });
}

function recordingsByPerson(
  { sensors }: Study,
  recordings: Iterable<RawRecording>,
): ReadonlyMap<string, readonly SensorRecording[]> {
  const people = new Map<string, SensorRecording[]>();
  for (const raw of recordings) {
    const own = people.get(raw.subject) ?? [];
    for (const recording of recordingsFor(sensors, raw)) {
      own.push(recording);
    }
    people.set(raw.subject, own);
  }
  return people;
}
