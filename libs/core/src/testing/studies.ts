/** Studies and parts of studies as files contain them, to be varied in tests, and functions that parse them. */

import { InvalidInput } from '../errors.js';
import { parseStudy } from '../study/parse-study.js';
import type { Study } from '../study/study.js';

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

/** A stage of the smallest network on clients, whose answers are computed, not learned. */
export function quickStage(name: string): object {
  return { name, where: 'clients', objective: 'supervised', rounds: 3, epochs: 1 };
}

/** Number of parameters of each stage of the contract's study. */
const CONTRACT_PARAMETERS = 12;

/** A study with a stage for each one that `contractParticipant` knows, with as many parameters as its fleet contract sends. */
export const contractStudy: Study = parseStudy({
  ...minimalStudy,
  ...tiny,
  // A network has 4 parameters, and 2 for each activity.
  activities: Array.from({ length: (CONTRACT_PARAMETERS - 4) / 2 }, (_, index) => `activity ${index}`),
  stages: [
    ...['echo', 'echo-fp16', 'echo-int8', 'echo-top-k', 'abstain', 'fail', 'wait', 'deaf'].map(quickStage),
    {
      ...quickStage('echo-teacher'),
      objective: 'self-training',
      from: 'echo',
      teacher: { average: 'newest', decay: 0.5 },
    },
  ],
});

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
