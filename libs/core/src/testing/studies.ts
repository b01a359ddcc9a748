/** Studies and parts of studies as files contain them, to be varied in tests, and functions that parse them. */

import { InvalidInput } from '../errors.js';
import { parseStudy } from '../study/parse-study.js';

/** A study with only the required keys, over six people. */
export const minimalStudy = {
  name: 'first-study',
  activities: ['sitting', 'walking'],
  sensors: { channels: ['x', 'y', 'z'], rateHz: 50, window: 400, step: 200 },
  people: { test: [1, 6], labelled: [2], clients: [3, 'four', 5] },
  stages: 'selfhar',
};
export const teacher = { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 10 };
export const student = {
  name: 'student',
  where: 'clients',
  objective: 'self-har',
  teacher: 'teacher',
  rounds: 2,
  epochs: 1,
  cohort: { target: 2, minimum: 2, quorum: 2 },
};
export const fineTune = {
  name: 'fine-tune',
  where: 'coordinator',
  objective: 'supervised',
  from: 'student',
  steps: 5,
  trainable: ['conv3', 'activity'],
};

/** The same object without one of its keys. */
export function without(object: object, key: string): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** Sensors and model of the smallest possible network: 8 parameters, or 12 with the head of one transformation. */
export const tiny = {
  sensors: { channels: ['x'], rateHz: 50, window: 4, step: 2 },
  model: { convolutions: [{ filters: 1, kernel: 1 }], headUnits: { activity: 1, transformation: 1 } },
};

/** The issues of the minimal study with the given changes; an empty list where it is valid. */
export function issuesOf(changes: object): readonly string[] {
  try {
    parseStudy({ ...minimalStudy, ...changes }, 'study.yaml');
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.issues.map(({ path, message }) => `${path}: ${message}`);
    }
    throw error;
  }
}

/** The issues of a study with these stages. */
export function stageIssuesOf(...stages: readonly object[]): readonly string[] {
  return issuesOf({ stages });
}

/** The coordinator has three people, all others are clients; windows of 2 s at 10 Hz. */
export const writtenStudy = {
  name: 'sample',
  seed: 3,
  activities: ['sitting', 'walking'],
  sensors: { channels: ['x', 'y'], rateHz: 10, window: 20, step: 10 },
  model: { convolutions: [{ filters: 4, kernel: 5 }] },
  people: { test: ['tess'], labelled: ['lea', 'leo'], clients: 'rest' as unknown },
  stages: 'supervised' as unknown,
};
