/** A made-up finished training of two tasks, for reports. */

import { parseTasks, type TasksPlan } from '@gaitway/core/tasks';
import type { TasksResult } from '../tasks/tasks-result.js';
import { sampleEpochs } from './sample-pipeline.js';

export interface SampleTasks {
  readonly plan: TasksPlan;
  readonly result: TasksResult;
}

/** Two tasks that were trained alone too: one that the other harms, and one whose figure is then undefined. */
export function sampleTasks(rename: (name: string) => string = (name) => name): SampleTasks {
  const plan = parseTasks(
    {
      name: rename('walking-aids'),
      epochs: 20,
      tasks: {
        pace: {
          kind: 'exclusive',
          classes: ['slow', 'fast'].map(rename),
          labels: { file: 'labels.csv', column: 'pace' },
        },
        speed: { kind: 'regression', outputs: ['speed'], labels: { file: 'labels.csv' } },
      },
    },
    'sample',
  );
  const [pace, speed] = ['pace', 'speed'].map(rename) as [string, string];
  const models = ['joint', pace, speed].map((tag, index) => ({
    tag,
    tasks: index === 0 ? [pace, speed] : [tag],
    path: `models/${index}.safetensors`,
    sha256: `${index}a`.repeat(32),
    parametersSha256: `${index}b`.repeat(32),
    bestEpoch: 18,
    epochs: sampleEpochs(),
  }));
  return {
    plan,
    result: {
      training: { name: plan.name, digest: '5f'.repeat(32) },
      gaitway: rename('0.1.0'),
      seed: 7,
      backend: rename('wasm'),
      testPeople: ['1', '6'].map(rename),
      windows: { training: 1000, validation: 100, test: 200 },
      labels: {
        [pace]: { training: 600, validation: 60, test: 200 },
        [speed]: { training: 1000, validation: 100, test: 150 },
      },
      models,
      tasks: [
        {
          task: pace,
          kind: 'exclusive',
          figure: 'weighted F1',
          windows: 200,
          joint: 0.75,
          transfer: {
            alone: 0.8,
            difference: -0.05,
            interval: { low: -0.0712, high: -0.0123 },
            decidedBy: 'interval',
            verdict: 'negative transfer',
          },
        },
        {
          task: speed,
          kind: 'regression',
          figure: 'R2',
          windows: 150,
          joint: -0.25,
          transfer: { alone: null, difference: null, decidedBy: 'margin', verdict: 'no clear difference' },
        },
      ],
    },
  };
}
