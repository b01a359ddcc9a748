import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { initialParameters } from '../model/initial-parameters.js';
import { createNetwork } from '../model/network.js';
import { useBackend } from '../testing/backends.js';
import { smallSpec } from '../testing/small-network.js';
import { threeKinds } from '../testing/windows.js';
import type { LocalData } from './local-data.js';
import { createParticipant } from './participant.js';
import type { LocalPlan, Objective, StagePlan } from './plan.js';
import type { Participant, TrainReply, TrainTask } from './task.js';

const [activityHead, transformationHead] = smallSpec.heads;
const activityNetwork = { ...smallSpec, heads: [activityHead!] };
const studentNetwork = {
  ...smallSpec,
  heads: [activityHead!, { ...transformationHead!, outputs: ['negate', 'time-flip'] }],
};
const selection = { minimumConfidence: 0.5, pluralityOnly: true, maximumPerClass: 1000 };
const signal = new AbortController().signal;

function stage(name: string, objective: Objective, plan: Partial<LocalPlan> = {}): StagePlan {
  const withTeacher = objective.kind === 'self-har' || objective.kind === 'self-training';
  const withVersions = objective.kind === 'self-har' || objective.kind === 'transformation-discrimination';
  return {
    name,
    network: objective.kind === 'self-har' ? studentNetwork : activityNetwork,
    plan: {
      objective,
      transformations: withVersions ? ['negate', 'time-flip'] : [],
      length: { steps: 20 },
      batchSize: 16,
      optimizer: { kind: 'adam', learningRate: 0.01 },
      trainable: 'all',
      ...plan,
    },
    ...(withTeacher && { teacherNetwork: activityNetwork }),
  };
}

const teacherStage = stage('teacher', { kind: 'supervised' }, { length: { steps: 120 } });
const studentStage = stage('student', { kind: 'self-har', selection });

function participant(data: LocalData, client = 'ann'): Participant {
  return createParticipant({ client, seed: 1, stages: [teacherStage, studentStage], data });
}

function task(of: StagePlan, more: Partial<TrainTask> = {}): TrainTask {
  const parameters = initialParameters(createNetwork(of.network).layout, createRng('start'));
  return { kind: 'train', stage: of.name, round: 1, parameters, ...more };
}

describe('a participant', () => {
  beforeAll(() => useBackend('wasm'));
  const labelled = threeKinds(40, createRng('labelled'), 'labelled');
  const unlabelled = threeKinds(25, createRng('unlabelled'), 'unlabelled');

  async function trainedTeacher(): Promise<Float32Array> {
    const given = task(teacherStage);
    const reply = (await participant({ labelled })(given, signal)) as TrainReply;
    return given.parameters.map((value, index) => value + reply.delta[index]!);
  }

  it('answers with how far its training moved the parameters', async () => {
    const given = task(teacherStage);
    const reply = await participant({ labelled })(given, signal);
    expect(reply).toMatchObject({ kind: 'train', stage: 'teacher', round: 1, examples: 40 });
    expect((reply as TrainReply).summary).toMatchObject({ windows: 40 });
    expect((reply as TrainReply).delta.some((value) => value !== 0)).toBe(true);
  });

  it('draws from its name, its round and the study alone', async () => {
    const reply = await participant({ labelled })(task(teacherStage), signal);
    expect(await participant({ labelled })(task(teacherStage), signal)).toEqual(reply);
    expect(await participant({ labelled }, 'bob')(task(teacherStage), signal)).not.toEqual(reply);
    const nextRound = await participant({ labelled })(task(teacherStage, { round: 2 }), signal);
    expect((nextRound as TrainReply).delta).not.toEqual((reply as TrainReply).delta);
  });

  it('learns from the windows its teacher is sure of, counted by activity', async () => {
    const teacher = { digest: 'd1', parameters: await trainedTeacher() };
    const reply = await participant({ unlabelled })(task(studentStage, { teacher }), signal);
    const { examples, summary } = reply as TrainReply;
    expect(summary.windows).toBe(25);
    expect(examples).toBeLessThanOrEqual(25);
    expect(summary.accepted!.reduce((a, b) => a + b)).toBe(examples);
    expect(summary.accepted!.every((count) => count > 0)).toBe(true);
  });

  it('lets a teacher label its labelled windows too', async () => {
    const teacher = { digest: 'd1', parameters: await trainedTeacher() };
    const reply = await participant({ labelled, unlabelled })(task(studentStage, { teacher }), signal);
    expect((reply as TrainReply).summary.windows).toBe(65);
  });

  it('labels anew when the teacher is another one', async () => {
    const ann = participant({ unlabelled });
    const good = { digest: 'good', parameters: await trainedTeacher() };
    const untrained = { digest: 'untrained', parameters: new Float32Array(good.parameters.length) };
    const first = await ann(task(studentStage, { teacher: good }), signal);
    expect(await ann(task(studentStage, { teacher: untrained }), signal)).toMatchObject({ kind: 'abstain' });
    expect(await ann(task(studentStage, { teacher: good }), signal)).toEqual(first);
  });

  it('abstains when its teacher is sure of nothing', async () => {
    // Zero parameters give each of three classes a third.
    const teacher = { digest: 'zero', parameters: new Float32Array(task(teacherStage).parameters.length) };
    const reply = await participant({ unlabelled })(task(studentStage, { teacher }), signal);
    expect(reply).toEqual({
      kind: 'abstain',
      stage: 'student',
      round: 1,
      windows: 25,
      reason: 'the teacher was sure of none of its 25 windows',
    });
  });

  it('abstains when its recordings are too short for a window', async () => {
    const none = threeKinds(0, createRng('none'), 'unlabelled');
    const teacher = { digest: 'zero', parameters: new Float32Array(task(teacherStage).parameters.length) };
    const reply = await participant({ unlabelled: none })(task(studentStage, { teacher }), signal);
    expect(reply).toMatchObject({ kind: 'abstain', windows: 0, reason: 'it has no windows' });
  });

  it('abstains from a supervised stage without labels', async () => {
    expect(await participant({ unlabelled })(task(teacherStage), signal)).toMatchObject({
      kind: 'abstain',
      reason: 'it has no labelled windows',
    });
  });

  it('evaluates on its test windows', async () => {
    const ann = participant({ test: threeKinds(60, createRng('test'), 'labelled') });
    const reply = await ann(
      { kind: 'evaluate', stage: 'teacher', round: 1, parameters: await trainedTeacher() },
      signal,
    );
    expect(reply.evaluation.windows).toBe(60);
    expect(reply.evaluation.accuracy).toBeGreaterThan(0.7);
    expect(reply.evaluation.classes.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('refuses a stage that the study does not have', async () => {
    await expect(participant({ labelled })({ ...task(teacherStage), stage: 'extra' }, signal)).rejects.toThrow(
      'no stage "extra"',
    );
  });

  it('refuses a student task without a teacher', async () => {
    await expect(participant({ unlabelled })(task(studentStage), signal)).rejects.toThrow('needs a teacher');
  });
});
