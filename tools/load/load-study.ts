/** A study that puts load on a coordinator: its own training takes no time, so that nearly all of a round is transport. */

import { createRng, syntheticActivities, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface LoadPlan {
  readonly rounds: number;
  /** Units of the activity head: they decide how large an update is. Absent: 4. */
  readonly units?: number;
  /** How the clients' stage chooses whom to ask. */
  readonly cohort: object;
  /** More keys of the clients' stage. Absent: none. */
  readonly student?: object;
  /** The study's privacy budget. Absent: it has none. */
  readonly privacy?: object;
}

export interface LoadStudy {
  /** The study file. */
  readonly study: string;
  /** Recordings of the coordinator's two people. */
  readonly data: string;
}

const onCoordinator = { where: 'coordinator', objective: 'supervised', steps: 1, batch: 8 };

/** A teacher and `rounds` rounds over clients of any name, on a network of 6 · `units` + a few parameters. */
export function smallLoad({ rounds, units = 4, cohort }: LoadPlan): object {
  const rateHz = 20;
  return {
    name: 'load',
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz, window: 20, step: 20 },
    model: { convolutions: [{ filters: 2, kernel: 3 }], headUnits: { activity: units } },
    people: { test: ['person-01'], labelled: ['person-02'] },
    evaluation: { everyRounds: 100 },
    stages: [
      { ...onCoordinator, name: 'teacher' },
      { name: 'student', where: 'clients', objective: 'supervised', from: 'teacher', rounds, steps: 1, cohort },
    ],
  };
}

/** The same on the published network: a teacher, then SelfHAR's student with its 390,606 parameters. */
export function publishedLoad({ rounds, cohort, student, privacy }: LoadPlan): object {
  return {
    name: 'load',
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 400, step: 200 },
    people: { test: ['person-01'], labelled: ['person-02'] },
    evaluation: { everyRounds: rounds },
    stages: [
      { ...onCoordinator, name: 'teacher' },
      {
        name: 'student',
        where: 'clients',
        objective: 'self-har',
        teacher: 'teacher',
        rounds,
        steps: 1,
        cohort,
        ...student,
      },
    ],
    ...(privacy && { privacy }),
  };
}

/** Writes the study and the coordinator's recordings into a folder. */
export async function writeLoadStudy(folder: string, study: object): Promise<LoadStudy> {
  const written = { study: join(folder, 'study.json'), data: join(folder, 'data') };
  await writeFile(written.study, JSON.stringify(study));
  await writeCsvFolder(written.data, syntheticPeople({ people: 2, secondsPerActivity: 20, rateHz: 20 }, createRng(1)));
  return written;
}
