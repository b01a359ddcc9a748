/** A small study whose rounds take moments, and whose strategy and teacher carry something from round to round. */

import { lowestFloors } from '@gaitway/client';
import { createRng, syntheticActivities, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChaosSettings } from './chaos-plan.js';
import { liarNames } from './liars.js';

export interface ChaosStudy {
  /** The study file. */
  readonly file: string;
  /** The same study without liars, which a simulation can run: the same bits. */
  readonly undisturbed: string;
  readonly data: string;
  /** Each has the recordings of one person, whose name it bears. */
  readonly clients: readonly string[];
}

const ROUNDS = 12;
const RATE_HZ = 20;
const WINDOW = 16;
const SECONDS_PER_ACTIVITY = 3;
/** The first two are held out and labelled. */
const OTHERS = 2;
/** Seconds: some clients are late where connections break, and most are not. */
const DEADLINE = 2;

/** Writes the study and its recordings to a folder. */
export async function writeChaosStudy(folder: string, settings: ChaosSettings): Promise<ChaosStudy> {
  const [file, undisturbed] = [join(folder, 'study.json'), join(folder, 'undisturbed.json')];
  const data = join(folder, 'data');
  const shape = { people: settings.clients + OTHERS, secondsPerActivity: SECONDS_PER_ACTIVITY, rateHz: RATE_HZ };
  const recordings = syntheticPeople(shape, createRng(settings.seed).fork('people'));
  await writeCsvFolder(data, recordings);
  await writeFile(join(data, 'policy.yaml'), JSON.stringify(lowestFloors));
  const [test, labelled, ...clients] = [...new Set(recordings.map(({ subject }) => subject))];
  const people = { test: [test], labelled: [labelled], clients };
  const withLiars = { ...people, clients: [...clients, ...liarNames(settings.liars)] };
  await writeFile(file, JSON.stringify({ ...studyOf(settings), people: withLiars }));
  await writeFile(undisturbed, JSON.stringify({ ...studyOf({ ...settings, liars: 0 }), people }));
  return { file, undisturbed, data, clients };
}

function studyOf({ seed, clients, liars, deadlines, masked = false }: ChaosSettings): object {
  const onCoordinator = { where: 'coordinator', objective: 'supervised', steps: 4, batch: 16 };
  const some = Math.ceil(clients / 2);
  return {
    name: 'chaos',
    seed,
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: RATE_HZ, window: WINDOW, step: WINDOW / 2 },
    model: {
      convolutions: [4, 3].map((kernel) => ({ filters: 8, kernel })),
      headUnits: { activity: 64, transformation: 16 },
    },
    stages: [
      { ...onCoordinator, name: 'teacher' },
      {
        name: 'student',
        where: 'clients',
        objective: 'self-har',
        teacher: 'teacher',
        rounds: ROUNDS,
        steps: 1,
        batch: 8,
        transformations: ['negate'],
        selection: { minimumConfidence: 0 },
        strategy: 'fed-adam',
        coordinatorTakesPart: true,
        cohort: deadlines
          ? { minimum: some, quorum: some, deadline: DEADLINE }
          : { target: 'all', minimum: clients + liars, quorum: clients },
        ...(masked && { secureAggregation: {} }),
      },
      { ...onCoordinator, name: 'fine-tune', from: 'student' },
    ],
  };
}
