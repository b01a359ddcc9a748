import { parseStudy, type Study, type Task, type TrainTask } from '@gaitway/core';
import { digestBytes } from '@gaitway/core/internal';
import { layoutOf } from '@gaitway/core/model';
import { networkOf } from '@gaitway/core/study';
import { minimalStudy, student, teacher, tiny, without } from '@gaitway/core/testing/studies';
import { describe, expect, it } from 'vitest';
import { WorkRefused, workChecks } from './work-checks.js';

function studyWith(changes: object): Study {
  const stages = [teacher, { ...student, transformations: ['negate'], rounds: 10, ...changes }];
  return parseStudy({ ...minimalStudy, ...tiny, stages });
}

const study = studyWith({});
const size = layoutOf(networkOf(study, 'student')).size;
const teacherSize = layoutOf(networkOf(study, 'teacher')).size;
const parameters = new Float32Array(size).fill(0.5);
const teaching = { digest: '', parameters: new Float32Array(teacherSize) };
const task: TrainTask = { kind: 'train', stage: 'student', round: 3, parameters, teacher: teaching };

const refusal = (checked: Study, asked: Task): Promise<unknown> =>
  workChecks(checked)(asked).then(
    () => 'no refusal',
    (error: unknown) => (error instanceof WorkRefused ? error.message : error),
  );

describe('the checks of a task', () => {
  it('pass what the study plans, and the same again', async () => {
    const check = workChecks(study);
    await check(task);
    await check({ ...task, parameters: parameters.slice() });
    await check({ ...task, round: 10, parameters: new Float32Array(size) });
  });

  it.each<[string, Partial<Omit<TrainTask, 'kind'>>, string]>([
    ['of a stage that is not there', { stage: 'other' }, `stages on clients ("student"), found "other"`],
    ["of a stage of the coordinator's", { stage: 'teacher' }, 'stages on clients ("student"), found "teacher"'],
    ['with a name that objects inherit', { stage: 'constructor' }, 'found "constructor"'],
    ['of a round after the last', { round: 11 }, 'expected a round of stage "student" from 1 to 10, found 11'],
    ['of the largest round that there is', { round: 2 ** 53 - 1 }, 'found 9007199254740991'],
    ['with fewer parameters', { parameters: parameters.slice(1) }, `expected ${size} parameters, found ${size - 1}`],
    ['with a teacher of another size', { teacher: { digest: '', parameters } }, `found ${size}`],
    ['with a class prior', { classPrior: [0.5, 0.5] }, 'expected no shares in the class prior, found 2'],
    ['with a control variate', { control: parameters }, 'expected no numbers in the control variate, found 12'],
    ['that goes on from a round', { since: 0 }, 'expected no round to continue from, found 0'],
  ])('refuse one %s', async (_, change, message) => {
    expect(await refusal(study, { ...task, ...change })).toContain(message);
  });

  it('refuse one without the teacher that its stage has', async () => {
    expect(await refusal(study, without(task, 'teacher') as TrainTask)).toBe(
      `expected ${teacherSize} numbers in the teacher, found none`,
    );
  });

  it('refuse an evaluation, which no study plans on clients', async () => {
    const evaluation = { kind: 'evaluate', stage: 'student', round: 3, parameters } as const;
    expect(await refusal(study, evaluation)).toContain('plans no evaluation on clients');
  });

  it('refuse a second set of parameters for a round', async () => {
    const check = workChecks(study);
    await check(task);
    const other = { ...task, parameters: parameters.map((value, index) => (index === 0 ? value + 1 : value)) };
    await expect(check(other)).rejects.toThrow(
      'expected the parameters that round 3 of stage "student" had before, found others',
    );
  });

  it('refuse another teacher in a later round, where it is the model of an earlier stage', async () => {
    const other = { digest: '', parameters: teaching.parameters.map(() => 1) };
    const check = workChecks(study);
    await check(task);
    await expect(check({ ...task, round: 4, teacher: other })).rejects.toThrow('expected the teacher and class prior');
  });

  it('pass another teacher in a later round, where it is an average of the rounds, but not in the same', async () => {
    const moving = studyWith({ from: 'teacher', teacher: { average: 'newest', decay: 0.8 } });
    const own = { digest: await digestBytes(parameters), parameters };
    const check = workChecks(moving);
    await check({ ...task, teacher: own });
    await check({ ...task, round: 4, teacher: { digest: '', parameters: new Float32Array(size) } });
    const changed = { ...task, teacher: { digest: own.digest, parameters: new Float32Array(size) } };
    await expect(check(changed)).rejects.toThrow('expected the parameters that round 3');
  });
});

describe('the checks of a stage with a memory', () => {
  const scaffold = studyWith({ strategy: 'scaffold', optimizer: { kind: 'sgd' } });
  const continued = { ...task, control: parameters, since: 2 };

  it('want the round to continue from, and a control variate', async () => {
    await workChecks(scaffold)(continued);
    await workChecks(scaffold)({ ...continued, since: 0 });
    expect(await refusal(scaffold, { ...continued, since: 3 })).toContain('an earlier round than 3, or 0, to continue');
    expect(await refusal(scaffold, task)).toBe(`expected ${size} numbers in the control variate, found none`);
  });

  it('pass a class prior where labels are aligned with it, the same in all rounds', async () => {
    const aligned = studyWith({ labels: { alignment: 'class-prior' } });
    const check = workChecks(aligned);
    await check({ ...task, classPrior: [0.5, 0.5] });
    await expect(check({ ...task, round: 4, classPrior: [0.9, 0.1] })).rejects.toThrow('found others');
    expect(await refusal(aligned, task)).toBe('expected 2 shares in the class prior, found none');
  });
});
