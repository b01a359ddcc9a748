/** Stages with a network that is small enough to train in milliseconds, and windows for them. */

import { createRng, type LocalData } from '@gaitway/core';
import { layoutOf } from '@gaitway/core/model';
import type { StagePlan } from '@gaitway/core/train';

const network: StagePlan['network'] = {
  window: { length: 24, channels: 2 },
  convolutions: [
    { filters: 4, kernel: 5 },
    { filters: 6, kernel: 3 },
  ],
  dropoutRate: 0.2,
  l2: 0.001,
  heads: [{ name: 'activity', kind: 'exclusive', outputs: ['still', 'moving'], hiddenUnits: 8 }],
};
const plan = {
  transformations: [],
  batchSize: 8,
  optimizer: { kind: 'adam', learningRate: 0.001 },
  trainable: 'all',
} as const;

/** `teacher` is a short supervised training, `student` learns from a teacher, `endless` would take a thousand years. */
export const smallStages: readonly StagePlan[] = [
  { name: 'teacher', network, plan: { ...plan, objective: { kind: 'supervised' }, length: { steps: 3 } } },
  {
    name: 'student',
    network,
    teacherNetwork: network,
    plan: {
      ...plan,
      objective: {
        kind: 'self-training',
        labelling: {
          labeller: 'teacher',
          teacher: 'sent',
          selection: { kind: 'confident', minimumConfidence: 0, pluralityOnly: true, maximumPerClass: 100 },
          labels: { form: 'soft', temperature: 1, alignment: 'none' },
        },
      },
      length: { steps: 3 },
    },
  },
  { name: 'endless', network, plan: { ...plan, objective: { kind: 'supervised' }, length: { steps: 1e12 } } },
];

/** Parameters for any of the stages. */
export function smallParameters(seed: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: layoutOf(network).size }, () => 0.3 * rng.normal());
}

/** Windows of one client: noise around 0 is `still`, around 1 is `moving`. */
export function smallData(seed: number): LocalData {
  const rng = createRng(seed);
  const count = 20;
  const recordings = Array.from({ length: count }, (_, window) => ({
    subject: `person ${seed}`,
    source: `window ${window}`,
    sampleRateHz: 10,
    channels: ['x', 'y'],
    samples: Float32Array.from({ length: 48 }, () => (window % 2) + 0.3 * rng.normal()),
  }));
  const windows = {
    shape: { length: 24, channels: 2 },
    recordings,
    recordingOf: Uint32Array.from({ length: count }, (_, window) => window),
    startOf: new Uint32Array(count),
  };
  const labels = Float32Array.from({ length: 2 * count }, (_, index) => (index % 4 === 0 || index % 4 === 3 ? 1 : 0));
  return { labelled: { ...windows, labels }, test: { ...windows, labels } };
}
