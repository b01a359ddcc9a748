/** A made-up study with three stages like SelfHAR's, and a network of a few parameters. */

import { parseStudy, type Study } from '@gaitway/core';

export interface SampleSize {
  readonly activities?: readonly string[];
  /** Number of rounds of the clients' stage. */
  readonly rounds?: number;
  readonly name?: string;
}

const sixActivities: readonly string[] = ['downstairs', 'upstairs', 'sitting', 'standing', 'walking', 'jogging'];

export function sampleStudy({ activities = sixActivities, rounds = 12, name = 'motionsense' }: SampleSize = {}): Study {
  return parseStudy({
    name,
    seed: 7,
    activities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 50, window: 400, step: 200 },
    model: {
      convolutions: [
        { filters: 4, kernel: 8 },
        { filters: 6, kernel: 4 },
      ],
      headUnits: { activity: 8, transformation: 4 },
    },
    people: { test: [1, 6, 14, 19, 23], labelled: [2, 3], clients: 'rest' },
    stages: [
      { name: 'teacher', where: 'coordinator', objective: 'supervised', from: 'scratch', steps: 600 },
      {
        name: 'student',
        where: 'clients',
        objective: 'self-har',
        from: 'scratch',
        teacher: 'teacher',
        epochs: 1,
        rounds,
        coordinatorTakesPart: true,
      },
      { name: 'fine-tune', where: 'coordinator', objective: 'supervised', from: 'student', steps: 300 },
    ],
  });
}
