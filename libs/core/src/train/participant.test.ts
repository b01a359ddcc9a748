import { beforeAll, describe, expect, it } from 'vitest';
import { packDelta, type CompressionPlan, type Delta } from '../federated/compression/compression-plan.js';
import { createRng } from '../math/random.js';
import { initialParameters } from '../model/parameters/initial-parameters.js';
import { createNetwork } from '../model/network.js';
import { useBackend } from '../testing/backends.js';
import { smallSpec } from '../testing/small-network.js';
import { threeKinds } from '../testing/windows.js';
import type { Labeller, LabelRequest } from './labelling/labellers.js';
import type { LocalData } from './local-data.js';
import { createParticipant } from './participant.js';
import type { LabellingPlan, LocalPlan, Objective, StagePlan } from './plan.js';
import type { Participant, TrainReply, TrainTask } from './task.js';

const [activityHead, transformationHead] = smallSpec.heads;
const activityNetwork = { ...smallSpec, heads: [activityHead!] };
const studentNetwork = {
  ...smallSpec,
  heads: [activityHead!, { ...transformationHead!, outputs: ['negate', 'time-flip'] }],
};
const labelling: LabellingPlan = {
  labeller: 'teacher',
  teacher: 'sent',
  selection: { kind: 'confident', minimumConfidence: 0.5, pluralityOnly: true, maximumPerClass: 1000 },
  labels: { form: 'soft', temperature: 1, alignment: 'none' },
};
const signal = new AbortController().signal;

function stage(name: string, objective: Objective, plan: Partial<LocalPlan> = {}): StagePlan {
  const withTeacher = 'labelling' in objective;
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
const studentStage = stage('student', { kind: 'self-har', labelling, examples: 'accepted' });

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

  it('sends what it learned in the form that the stage says, by draws of its own', async () => {
    const compressed = (compress: CompressionPlan): StagePlan =>
      stage('teacher', { kind: 'supervised' }, { compress, length: { steps: 5 } });
    const replyOf = async (of: StagePlan, client = 'ann'): Promise<TrainReply<Delta>> => {
      const ann = createParticipant({ client, seed: 1, stages: [of], data: { labelled } });
      return (await ann(task(of), signal)) as TrainReply<Delta>;
    };
    const { delta } = await replyOf(stage('teacher', { kind: 'supervised' }, { length: { steps: 5 } }));
    for (const plan of [{ kind: 'int8' }, { kind: 'top-k', share: 0.1 }] as const) {
      const rng = createRng(1).fork('train', 'teacher', 1, 'ann').fork('compress');
      expect((await replyOf(compressed(plan))).delta).toEqual(packDelta(delta as Float32Array, plan, rng));
    }
  });

  it('learns from the windows its teacher is sure of, counted by activity', async () => {
    const teacher = { digest: 'd1', parameters: await trainedTeacher() };
    const reply = await participant({ unlabelled })(task(studentStage, { teacher }), signal);
    const { examples, summary } = reply as TrainReply;
    expect(summary.windows).toBe(25);
    expect(examples).toBeLessThanOrEqual(25);
    const accepted = summary.accepted!.map(Number);
    expect(accepted.reduce((a, b) => a + b)).toBe(examples);
    expect(accepted.every((count) => count > 0)).toBe(true);
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

  describe('that labels its windows by itself', () => {
    const newest = stage('newest', { kind: 'self-training', labelling: { ...labelling, teacher: 'newest' } });

    it('labels by the parameters that the round starts from', async () => {
      const ann = createParticipant({ client: 'ann', seed: 1, stages: [newest], data: { unlabelled } });
      const parameters = await trainedTeacher();
      const reply = await ann(task(newest, { parameters }), signal);
      expect(reply).toMatchObject({ kind: 'train', summary: { windows: 25 } });
      // Zero parameters are sure of nothing: the labels of the round before are not kept.
      const untrained = new Float32Array(parameters.length);
      expect(await ann(task(newest, { parameters: untrained }), signal)).toMatchObject({ kind: 'abstain' });
      expect(await ann(task(newest, { parameters }), signal)).toEqual(reply);
    });

    it('aligns its labels with the prior that the task brings', async () => {
      const labels = { form: 'hard', alignment: 'class-prior' } as const;
      const aligned = stage('aligned', {
        kind: 'self-training',
        labelling: { ...labelling, labels, selection: { kind: 'soft-match' } },
      });
      const ann = createParticipant({ client: 'ann', seed: 1, stages: [aligned], data: { unlabelled } });
      const teacher = { digest: 'd1', parameters: await trainedTeacher() };
      const acceptedBy = async (classPrior: readonly number[]): Promise<readonly number[]> =>
        ((await ann(task(aligned, { teacher, classPrior }), signal)) as TrainReply).summary.accepted!.map(Number);
      const [mostlyFirst, mostlyLast] = [await acceptedBy([0.98, 0.01, 0.01]), await acceptedBy([0.01, 0.01, 0.98])];
      expect(mostlyFirst[0]).toBeGreaterThan(mostlyLast[0]!);
      expect(mostlyFirst[2]).toBeLessThan(mostlyLast[2]!);
      await expect(ann(task(aligned, { teacher }), signal)).rejects.toThrow('the task brought none');
    });

    it('by a labeller of its own', async () => {
      const own = stage('own', { kind: 'self-training', labelling: { ...labelling, labeller: 'first' } });
      const requests: LabelRequest[] = [];
      const first: Labeller = (request) => {
        requests.push(request);
        return Promise.resolve(Float32Array.from({ length: 75 }, (_, index) => (index % 3 === 0 ? 1 : 0)));
      };
      const options = { client: 'ann', seed: 1, stages: [own], data: { unlabelled } };
      const teacher = { digest: 'd1', parameters: await trainedTeacher() };
      const ann = createParticipant({ ...options, labellers: { first } });
      expect(await ann(task(own, { teacher }), signal)).toHaveProperty('summary.accepted', [25, 0, 0]);
      expect(requests).toEqual([{ windows: unlabelled, network: activityNetwork, parameters: teacher.parameters }]);
      await ann(task(own, { teacher, round: 2 }), signal);
      expect(requests).toHaveLength(1);
      await expect(createParticipant(options)(task(own, { teacher }), signal)).rejects.toThrow(
        'Expected "teacher" as the labeller, found "first"',
      );
      const short: Labeller = () => Promise.resolve(new Float32Array(3));
      const bad = createParticipant({ ...options, labellers: { first: short } });
      await expect(bad(task(own, { teacher }), signal)).rejects.toThrow('Expected 75 probabilities');
    });
  });

  describe('that tells all windows from their versions', () => {
    const all = stage('all', { kind: 'self-har', labelling, examples: 'all' });

    it('counts as accepted only those whose label was', async () => {
      const ann = createParticipant({ client: 'ann', seed: 1, stages: [studentStage, all], data: { unlabelled } });
      const teacher = { digest: 'd1', parameters: await trainedTeacher() };
      const accepted = (await ann(task(studentStage, { teacher }), signal)) as TrainReply;
      const reply = (await ann(task(all, { teacher }), signal)) as TrainReply;
      expect(reply.examples).toBe(25);
      expect(reply.summary.accepted).toEqual(accepted.summary.accepted);
    });

    it('learns about transformations, and nothing about activities, where its teacher is sure of nothing', async () => {
      const ann = createParticipant({ client: 'ann', seed: 1, stages: [all], data: { unlabelled } });
      const teacher = { digest: 'zero', parameters: new Float32Array(task(teacherStage).parameters.length) };
      const { delta, examples, summary } = (await ann(task(all, { teacher }), signal)) as TrainReply;
      expect([examples, summary.accepted]).toEqual([25, [0, 0, 0]]);
      for (const { part, offset, size } of createNetwork(studentNetwork).layout.slots) {
        const same = delta.subarray(offset, offset + size).every((value) => value === 0);
        expect(same, part).toBe(part === 'activity');
      }
    });
  });

  it('learns consistency: the labels of its windows, from transformed versions of them', async () => {
    const consistent = stage('consistent', { kind: 'consistency', labelling }, { transformations: ['negate'] });
    const training = stage('training', { kind: 'self-training', labelling });
    const ann = createParticipant({ client: 'ann', seed: 1, stages: [consistent, training], data: { unlabelled } });
    const teacher = { digest: 'd1', parameters: await trainedTeacher() };
    const reply = (await ann(task(consistent, { teacher }), signal)) as TrainReply;
    const plain = (await ann(task(training, { teacher }), signal)) as TrainReply;
    expect(reply.summary.accepted).toEqual(plain.summary.accepted);
    expect(reply.delta).not.toEqual(plain.delta);
    expect(reply.delta.every(Number.isFinite)).toBe(true);
  });

  it('learns less from windows that weigh less', async () => {
    const soft = stage('soft', {
      kind: 'self-training',
      labelling: { ...labelling, selection: { kind: 'soft-match' } },
    });
    const ann = createParticipant({ client: 'ann', seed: 1, stages: [soft], data: { unlabelled } });
    const teacher = { digest: 'd1', parameters: await trainedTeacher() };
    const { examples, delta } = (await ann(task(soft, { teacher }), signal)) as TrainReply;
    expect(examples).toBe(25);
    expect(delta.every(Number.isFinite)).toBe(true);
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
