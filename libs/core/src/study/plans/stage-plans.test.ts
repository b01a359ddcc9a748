import { describe, expect, it } from 'vitest';
import { layoutOf, partsOf } from '../../model/parameters/layout.js';
import { parseStudy } from '../parse-study.js';
import { networkOf, stagePlans, stageSteps } from './stage-plans.js';

const study = parseStudy({
  name: 'plans',
  activities: ['a', 'b', 'c', 'd', 'e', 'f'],
  sensors: { channels: ['x', 'y', 'z'], rateHz: 50, window: 400, step: 200 },
  people: { test: ['t'], labelled: ['l'] },
  stages: 'selfhar',
});
const discriminating = parseStudy({ ...study, stages: 'transformation-discrimination' });

describe('networkOf', () => {
  it("gives each stage the heads of its objective: the method's parameter counts", () => {
    expect(layoutOf(networkOf(study, 'teacher')).size).toBe(189_894);
    expect(layoutOf(networkOf(study, 'student')).size).toBe(390_606);
    expect(layoutOf(networkOf(study, 'fine-tune')).size).toBe(189_894);
    expect(layoutOf(networkOf(discriminating, 'student')).size).toBe(84_416 + 200_712);
  });

  it('names the outputs of the heads after activities and transformations', () => {
    const [activity, transformations] = networkOf(study, 'student').heads;
    expect(activity).toEqual({ name: 'activity', kind: 'exclusive', outputs: study.activities, hiddenUnits: 1024 });
    expect(transformations?.outputs).toEqual(study.stages[1]?.transformations);
    expect(partsOf(layoutOf(networkOf(discriminating, 'student')))).not.toContain('activity');
  });

  it('throws for a stage that the study does not have', () => {
    expect(() => networkOf(study, 'pupil')).toThrow('Study "plans" has no stage "pupil"');
  });
});

describe('stagePlans', () => {
  it('says for every stage what a participant does', () => {
    const [teacher, student, fineTune] = stagePlans(study);
    expect(teacher?.plan).toMatchObject({ objective: { kind: 'supervised' }, transformations: [], trainable: 'all' });
    expect(teacher?.plan.length).toHaveProperty('steps');
    expect(teacher).not.toHaveProperty('teacherNetwork');
    expect(student?.plan).toMatchObject({
      objective: {
        kind: 'self-har',
        examples: 'accepted',
        labelling: {
          labeller: 'teacher',
          teacher: 'sent',
          selection: { kind: 'confident', minimumConfidence: 0.5, pluralityOnly: true, maximumPerClass: 1e4 },
          labels: { form: 'soft', temperature: 1, alignment: 'none' },
        },
      },
      length: { epochs: 1 },
      batchSize: 64,
      optimizer: { kind: 'adam', learningRate: 3e-4 },
    });
    expect(student?.plan.transformations).toHaveLength(8);
    expect(student?.teacherNetwork).toEqual(networkOf(study, 'teacher'));
    expect(fineTune?.plan.trainable).toEqual(['conv3', 'activity']);
  });

  it('lets a stage that is labelled by its own models label with its own network', () => {
    const alternating = parseStudy({ ...study, stages: 'selfhar-alternating' });
    const student = stagePlans(alternating).find(({ name }) => name === 'student');
    expect(student?.plan.objective).toMatchObject({ labelling: { teacher: 'newest' }, examples: 'all' });
    expect(student?.teacherNetwork).toEqual(networkOf(alternating, 'student'));
    const [teacher, own] = alternating.stages;
    const averaging = parseStudy({
      ...study,
      stages: [teacher, { ...own, teacher: { average: 'newest', decay: 0.5 } }],
    });
    expect(stagePlans(averaging)[1]?.plan.objective).toMatchObject({ labelling: { teacher: 'sent' } });
    expect(stagePlans(averaging)[1]?.teacherNetwork).toEqual(networkOf(averaging, 'student'));
  });

  it('says how losses are weighed', () => {
    const student = { name: 'student', where: 'clients', objective: 'self-har', teacher: 'teacher', rounds: 3 };
    const lossWeights = { schedule: { transformations: [{ round: 1, weight: 1 }] } };
    const stages = [study.stages[0], { ...student, epochs: 1, lossWeights }];
    const [teacherPlan, studentPlan] = stagePlans(parseStudy({ ...study, stages }));
    expect(teacherPlan?.plan).not.toHaveProperty('lossWeights');
    expect(studentPlan?.plan.lossWeights).toEqual(lossWeights);
  });

  it('has a plan of its own for what the coordinator does after rounds', () => {
    const plans = stagePlans(parseStudy({ ...study, stages: 'selfhar-alternating' }));
    expect(plans.map(({ name }) => name)).toEqual(['teacher', 'student', 'student/after', 'fine-tune']);
    const [teacher, , after] = plans;
    expect(after?.network).toEqual(teacher?.network);
    expect(after?.plan).toMatchObject({ objective: { kind: 'supervised' }, length: { steps: 10 }, trainable: 'all' });
  });

  it('lets a teacher begin on a core that clients taught without labels', () => {
    const pretrained = parseStudy({ ...study, stages: 'selfhar-pretrained' });
    expect(pretrained.stages.map(({ name, from }) => [name, from])).toEqual([
      ['pretrain', 'scratch'],
      ['teacher', 'pretrain'],
      ['student', 'teacher'],
    ]);
    const [pretrain, teacher, student] = stagePlans(pretrained);
    expect(pretrain?.network.heads.map(({ name }) => name)).toEqual(['transformations']);
    expect(teacher?.plan).toMatchObject({ objective: { kind: 'supervised' }, trainable: ['conv3', 'activity'] });
    expect(student?.plan.objective).toMatchObject({ labelling: { teacher: 'newest' }, examples: 'all' });
  });

  it('gives a stage of consistency no head for transformations', () => {
    const stages = [study.stages[0], { ...study.stages[1], objective: 'consistency', examples: undefined }];
    const plain = JSON.parse(JSON.stringify({ ...study, stages })) as object;
    const consistent = parseStudy(plain);
    expect(networkOf(consistent, 'student')).toEqual(networkOf(consistent, 'teacher'));
    expect(stagePlans(consistent)[1]?.plan.transformations).toHaveLength(8);
  });
});

describe("what a stage asks of the clients' training", () => {
  const own = { name: 'own', where: 'clients', objective: 'supervised', rounds: 1, epochs: 2, batch: 10 };
  const planOf = (more: object): object => stagePlans(parseStudy({ ...study, stages: [{ ...own, ...more }] }))[0]!.plan;

  it('is the proximal term of FedProx, and the form of the update', () => {
    expect(planOf({ strategy: { kind: 'fed-prox', mu: 0.1 } })).toHaveProperty('proximalMu', 0.1);
    expect(planOf({ compress: 'int8' })).toHaveProperty('compress', { kind: 'int8' });
    expect(Object.keys(planOf({}))).not.toEqual(expect.arrayContaining(['proximalMu']));
    expect(Object.keys(planOf({}))).not.toEqual(expect.arrayContaining(['compress']));
  });

  it('is as many steps as its windows and their versions make batches', () => {
    const supervised = parseStudy({ ...study, stages: [own] });
    expect(stageSteps(supervised, supervised.stages[0]!)(31)).toBe(8);
    // Nine examples of each window: 279, so 28 batches in each of two epochs.
    const discriminate = { ...own, objective: 'transformation-discrimination' };
    const versions = parseStudy({ ...study, stages: [discriminate] });
    expect(stageSteps(versions, versions.stages[0]!)(31)).toBe(56);
  });
});
