import { beforeAll, describe, expect, it } from 'vitest';
import { createRng, shuffledIndices } from '../math/random.js';
import { initialParameters } from '../model/parameters/initial-parameters.js';
import { partsOf } from '../model/parameters/layout.js';
import { createNetwork } from '../model/network.js';
import { useBackend } from '../testing/backends.js';
import { smallSpec } from '../testing/small-network.js';
import { threeKinds } from '../testing/windows.js';
import { createOptimizer } from './loop/optimizers.js';
import { createParticipant } from './participant.js';
import type { LocalPlan, StagePlan } from './plan.js';
import { predictActivities } from './loop/predict.js';
import type { Participant, TrainReply } from './task.js';
import { makeBatch, type TrainingSet } from './loop/training-set.js';

const [activityHead, transformationHead] = smallSpec.heads;
const teacherNetwork = { ...smallSpec, heads: [activityHead!] };
const studentNetwork = {
  ...smallSpec,
  heads: [activityHead!, { ...transformationHead!, outputs: ['negate', 'time-flip'] }],
};
const student = createNetwork(studentNetwork);
const start = initialParameters(student.layout, createRng('start'));
const teacher = {
  digest: 'd1',
  parameters: initialParameters(createNetwork(teacherNetwork).layout, createRng('teacher')),
};
const windows = threeKinds(20, createRng('windows'), 'unlabelled');
const signal = new AbortController().signal;

/** Trains on all windows with all of the teacher's labels, unchanged. */
function studentStage(lossWeights?: LocalPlan['lossWeights']): StagePlan {
  return {
    name: 'student',
    network: studentNetwork,
    teacherNetwork,
    plan: {
      objective: {
        kind: 'self-har',
        examples: 'accepted',
        labelling: {
          labeller: 'teacher',
          teacher: 'sent',
          selection: { kind: 'fixed', threshold: 0 },
          labels: { form: 'soft', temperature: 1, alignment: 'none' },
        },
      },
      transformations: ['negate', 'time-flip'],
      length: { steps: 3 },
      batchSize: 16,
      optimizer: { kind: 'adam', learningRate: 0.01 },
      trainable: 'all',
      ...(lossWeights && { lossWeights }),
    },
  };
}

function participant(lossWeights?: LocalPlan['lossWeights']): Participant {
  const data = { unlabelled: windows };
  return createParticipant({ client: 'ann', seed: 1, stages: [studentStage(lossWeights)], data });
}

async function deltaOf(ann: Participant, round = 1): Promise<Float32Array> {
  const reply = await ann({ kind: 'train', stage: 'student', round, parameters: start, teacher }, signal);
  return (reply as TrainReply).delta;
}

/** Three steps of the network itself, each with the given weights. */
async function deltaByHand(lossWeights: Readonly<Record<string, number>>): Promise<Float32Array> {
  const labels = await predictActivities(createNetwork(teacherNetwork), teacher.parameters, windows, signal);
  const set: TrainingSet = { windows: { ...windows, labels }, transformations: ['negate', 'time-flip'] };
  const rng = createRng(1).fork('train', 'student', 1, 'ann');
  const order = shuffledIndices(20 * 3, rng.fork('order', 0));
  const parameters = start.slice();
  const gradient = new Float32Array(parameters.length);
  const optimizer = createOptimizer({ kind: 'adam', learningRate: 0.01 }, parameters.length);
  const trainable = new Set(partsOf(student.layout));
  for (let step = 0; step < 3; step++) {
    const batch = makeBatch(set, order.subarray(step * 16, (step + 1) * 16), rng.fork('versions', 0));
    student.lossAndGradient(parameters, batch, { rng: rng.fork('dropout', step), trainable, lossWeights }, gradient);
    optimizer.update(parameters, gradient);
  }
  return parameters.map((value, index) => value - start[index]!);
}

describe('a participant whose stage weighs losses', () => {
  beforeAll(() => useBackend('wasm'));

  it('comes to the bits of the network with these weights', async () => {
    const fixed = { activity: 1.5, transformations: 0.25 };
    const delta = await deltaOf(participant({ fixed }));
    expect(delta).toEqual(await deltaByHand(fixed));
    expect(delta).not.toEqual(await deltaOf(participant()));
  });

  it('comes to the bits of a stage that says nothing where weights are equal', async () => {
    const delta = await deltaOf(participant());
    expect(delta).toEqual(await deltaByHand({ activity: 1, transformations: 1 }));
    expect(await deltaOf(participant('equal'))).toEqual(delta);
  });

  it('leaves a head of weight 0 as it is, and trains the rest', async () => {
    const delta = await deltaOf(participant({ fixed: { transformations: 0 } }));
    for (const { part, name, offset, size } of student.layout.slots) {
      const moved = delta.subarray(offset, offset + size).some((value) => value !== 0);
      expect(moved, name).toBe(part !== 'transformations');
    }
  });

  it('follows a schedule from round to round', async () => {
    const points = [
      { round: 1, weight: 1 },
      { round: 3, weight: 0 },
    ];
    const scheduled = participant({ schedule: { transformations: points } });
    for (const [round, weight] of [
      [1, 1],
      [2, 0.5],
      [3, 0],
      [9, 0],
    ] as const) {
      const fixed = participant({ fixed: { transformations: weight } });
      expect(await deltaOf(scheduled, round), `round ${round}`).toEqual(await deltaOf(fixed, round));
    }
  });

  it('begins with equal weights in each round where weights are learned', async () => {
    const ann = participant('uncertainty');
    const [first, second] = [await deltaOf(ann, 1), await deltaOf(ann, 2)];
    expect(second).toEqual(await deltaOf(participant('uncertainty'), 2));
    expect(first).not.toEqual(await deltaOf(participant(), 1));
  });
});
