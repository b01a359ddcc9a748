/**
 * What a hostile coordinator chooses: a study that is valid, in which it knows every label because its own teacher says
 * the same of every window.
 */

import { type ConvolutionSpec, layoutOf, type NetworkSpec } from '@gaitway/core/model';
import { networkOf } from '@gaitway/core/study';
import { parseStudy, type Study, syntheticActivities, type Teacher } from '@gaitway/core';

/** The time steps of every window: 3.2 s. */
export const WINDOW = 32;

const RATE_HZ = 10;

const TEACHER = 'teacher';

/** The stage in which the clients are attacked. */
export const STUDENT = 'student';

/** The parts of a study on which it depends what an update gives away. */
export interface Setting {
  readonly convolutions: readonly ConvolutionSpec[];
  /** Hidden units of the activity head. */
  readonly headUnits: number;
  /** Steps of plain SGD behind an update. */
  readonly steps: number;
  /** Windows of a step. */
  readonly batch: number;
  readonly learningRate: number;
}

/** Number of examples behind one update. */
export function examplesOf({ steps, batch }: Setting): number {
  return steps * batch;
}

/**
 * The study with this setting. Dropout and weight decay, which would blur an update, are off; every window is accepted.
 *
 * @throws InvalidInput for a setting that no study can have
 */
export function hostileStudy({ convolutions, headUnits, steps, batch, learningRate }: Setting): Study {
  const study = {
    name: 'reconstruction',
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: RATE_HZ, window: WINDOW, step: WINDOW, normalisation: 'axes' },
    model: { convolutions, dropoutRate: 0, l2: 0, headUnits: { activity: headUnits } },
    people: { test: ['tester'], labelled: ['labeller'] },
    stages: [
      { name: TEACHER, where: 'coordinator', objective: 'supervised', steps: 1 },
      {
        name: STUDENT,
        where: 'clients',
        objective: 'self-training',
        teacher: TEACHER,
        labels: { form: 'hard' },
        rounds: 1_000_000,
        steps,
        batch,
        optimizer: { kind: 'sgd', learningRate },
      },
    ],
  };
  return parseStudy(study, 'hostile study');
}

/** The network whose updates are attacked. */
export function studentNetwork(study: Study): NetworkSpec {
  return networkOf(study, STUDENT);
}

/** Enough for a probability of 1 in single precision. */
const CERTAIN = 100;

/** A teacher that calls every window the first activity, whatever it holds. */
export function constantTeacher(study: Study): Teacher {
  const { slots, size } = layoutOf(networkOf(study, TEACHER));
  const parameters = new Float32Array(size);
  const bias = slots.find(({ name }) => name === 'activity/output/bias');
  parameters[bias!.offset] = CERTAIN;
  return { digest: 'constant', parameters };
}
