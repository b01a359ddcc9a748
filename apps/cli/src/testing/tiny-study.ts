/** The tiny study, and an experiment over its people with two methods: the study, and the study without clients. */

import { lowestFloors } from '@gaitway/client';
import { createRng, syntheticActivities, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.js';

export interface TinyStudy {
  /** Temporary folder, in which runs can be stored too. */
  readonly folder: string;
  /** Path of the study file. */
  readonly study: string;
  /** Folder with the recordings of all five people. */
  readonly data: string;
}

/** The clients, each named after its only person. */
export const clientNames = ['person-03', 'person-04', 'person-05'] as const;

/** Writes the study and its recordings. */
export async function writeTinyStudy(student?: object): Promise<TinyStudy> {
  const folder = await temporaryFolder();
  const data = join(folder, 'data');
  const study = await writeStudyFile(folder, student);
  await writeCsvFolder(data, syntheticPeople({ people: 5, secondsPerActivity: 12, rateHz: 20 }, createRng(1)));
  // Its clients have few windows and take few steps.
  await writeFile(join(data, 'policy.yaml'), JSON.stringify(lowestFloors));
  return { folder, study, data };
}

/** @param student - Keys of the clients' stage to replace. */
export async function writeStudyFile(folder: string, student: object = {}): Promise<string> {
  const path = join(folder, 'study.json');
  await writeFile(path, JSON.stringify(tinyStudy(student)));
  return path;
}

/** The study, with the given keys of its clients' stage replaced. */
export function tinyStudy(student: object = {}): object {
  const onCoordinator = { where: 'coordinator', objective: 'supervised', batch: 16 };
  return {
    name: 'tiny',
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 64, step: 32 },
    model: {
      convolutions: [8, 6, 4].map((kernel) => ({ filters: 8, kernel })),
      headUnits: { activity: 16, transformation: 8 },
    },
    people: { test: ['person-01'], labelled: ['person-02'], clients: clientNames },
    stages: [
      { ...onCoordinator, name: 'teacher', steps: 10 },
      {
        name: 'student',
        where: 'clients',
        objective: 'self-har',
        teacher: 'teacher',
        rounds: 2,
        steps: 3,
        batch: 16,
        selection: { minimumConfidence: 0 },
        cohort: { minimum: 3, quorum: 3 },
        coordinatorTakesPart: true,
        ...student,
      },
      { ...onCoordinator, name: 'fine-tune', from: 'student', steps: 5, trainable: ['conv3', 'activity'] },
    ],
  };
}

export interface TinyExperiment {
  /** Temporary folder, in which runs can be stored too. */
  readonly folder: string;
  /** Path of the experiment file. */
  readonly experiment: string;
  readonly data: string;
}

interface WrittenStudy {
  readonly people: object;
  readonly stages: readonly object[];
}

/**
 * Writes the experiment, its studies and their recordings, and in the same folder `on-splits.json`, the same study with
 * everybody else as its clients.
 *
 * @param changes - Keys of the experiment to replace.
 * @param student - Keys of the clients' stage of `selfhar` to replace.
 */
export async function writeTinyExperiment(changes: object = {}, student?: object): Promise<TinyExperiment> {
  const { folder, study, data } = await writeTinyStudy(student);
  const written = JSON.parse(await readFile(study, 'utf8')) as WrittenStudy;
  const experiment = join(folder, 'experiment.json');
  const rest = { ...written, people: { ...written.people, clients: 'rest' } };
  await writeFile(join(folder, 'on-splits.json'), JSON.stringify(rest));
  await writeFile(join(folder, 'supervised.json'), JSON.stringify({ ...written, stages: written.stages.slice(0, 1) }));
  await writeFile(experiment, JSON.stringify({ ...tinyExperiment, ...changes }));
  return { folder, experiment, data };
}

const tinyExperiment = {
  name: 'tiny',
  backend: 'wasm',
  seeds: [1],
  windowsPerClass: [1, 4],
  methods: { supervised: { study: 'supervised.json' }, selfhar: { study: 'study.json' } },
};
