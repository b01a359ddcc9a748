import { describe, expect, it } from 'vitest';
import { fineTune, issuesOf, minimalStudy, stageIssuesOf, student, teacher, without } from '../testing/studies.js';

describe('rules of stages', () => {
  it('wants a name of its own for each', () => {
    expect(stageIssuesOf(teacher, { ...fineTune, name: 'teacher', from: 'teacher' })).toContain(
      'stages[1].name: expected a name that is not used yet, found "teacher", which is also at stages[0].name',
    );
    expect(stageIssuesOf({ ...teacher, name: 'scratch' })).toEqual([
      'stages[0].name: expected another name, found "scratch", which stands for fresh parameters',
    ]);
  });

  it('says when a teacher comes later than its student', () => {
    expect(stageIssuesOf(student, teacher)).toEqual([
      'stages[0].teacher: expected an earlier stage, found "teacher", which comes later, as stages[1]',
    ]);
    expect(stageIssuesOf({ ...student, name: 'teacher' })).toEqual([
      'stages[0].teacher: expected an earlier stage, found "teacher", which is this very stage',
    ]);
  });

  it('suggests the nearest earlier stage', () => {
    expect(stageIssuesOf(teacher, { ...student, teacher: 'techer' }, { ...fineTune, from: 'sudent' })).toEqual([
      'stages[1].teacher: expected "teacher", found "techer"; did you mean "teacher"?',
      'stages[2].from: expected one of "scratch", "teacher", "student", found "sudent"; did you mean "student"?',
    ]);
    expect(stageIssuesOf({ ...student, teacher: 'teacher' })).toEqual([
      'stages[0].teacher: expected an earlier stage, of which there is none, found "teacher"',
    ]);
  });

  it('wants a teacher that knows activities', () => {
    const first = { ...teacher, objective: 'transformation-discrimination' };
    expect(stageIssuesOf(first, student)).toEqual([
      'stages[1].teacher: expected a stage that learns activities, found "teacher", whose objective is ' +
        '"transformation-discrimination"',
    ]);
  });

  it('wants a teacher where the objective needs one', () => {
    const stage = { ...teacher, objective: 'self-training' };
    expect(stageIssuesOf(stage)).toEqual([
      'stages[0].teacher: expected an earlier stage, because the objective is "self-training", found nothing',
    ]);
  });

  it('refuses what the objective has no use for', () => {
    const stage = { ...fineTune, from: 'teacher', teacher: 'teacher', selection: {}, transformations: ['noise'] };
    expect(stageIssuesOf(teacher, stage)).toEqual([
      'stages[1].teacher: expected nothing, because only self-training and self-har have it, found "teacher"',
      'stages[1].selection: expected nothing, because only self-training and self-har have it, found an object',
      'stages[1].transformations: expected nothing, because only transformation-discrimination and self-har have it, ' +
        'found a list of 1',
    ]);
  });

  it('wants either epochs or steps', () => {
    expect(stageIssuesOf({ ...teacher, epochs: 1 })).toEqual([
      'stages[0]: expected either epochs or steps, found both',
    ]);
    expect(stageIssuesOf(without(teacher, 'steps'))).toEqual([
      'stages[0]: expected either epochs or steps, found neither',
    ]);
  });

  it('wants transformations that the windows can go through, each once', () => {
    const stages = [teacher, { ...student, transformations: ['noise', 'rotate', 'channel-shuffle', 'noise'] }];
    const sensors = { ...minimalStudy.sensors, channels: ['x'] };
    expect(issuesOf({ sensors, stages })).toEqual([
      'stages[1].transformations[3]: expected a name that is not used yet, found "noise", which is also at ' +
        'stages[1].transformations[0]',
      expect.stringMatching(/^stages\[1\]\.transformations: rotate: expected 3 channels.*, found 1$/),
      expect.stringMatching(/^stages\[1\]\.transformations: channel-shuffle: expected .* 2 .*, found 1$/),
    ]);
  });

  it('wants the transformations of the stage whose heads go on', () => {
    const first = { ...teacher, name: 'first', objective: 'transformation-discrimination', transformations: ['noise'] };
    const second = { ...first, name: 'second', from: 'first', transformations: ['scale'] };
    expect(stageIssuesOf(first, second)).toEqual([
      'stages[1].transformations: expected those of the stage it starts from (noise), found scale',
    ]);
  });

  it("wants trainable parts that are in the stage's network", () => {
    const stage = { ...fineTune, from: 'teacher', trainable: ['conv3', 'activty', 'transformations', 'conv3'] };
    const parts = 'expected one of "conv1", "conv2", "conv3", "activity"';
    expect(stageIssuesOf(teacher, stage)).toEqual([
      'stages[1].trainable[3]: expected a name that is not used yet, found "conv3", which is also at ' +
        'stages[1].trainable[0]',
      `stages[1].trainable[1]: ${parts}, found "activty"; did you mean "activity"?`,
      `stages[1].trainable[2]: ${parts}, found "transformations"`,
    ]);
  });

  it('wants a quorum and a minimum that can be reached', () => {
    const cohort = (value: object): readonly string[] => stageIssuesOf(teacher, { ...student, cohort: value });
    expect(cohort({ target: 2, minimum: 3, quorum: 3 })).toEqual([
      'stages[1].cohort.quorum: expected at most 2, the target, found 3',
    ]);
    expect(cohort({ minimum: 4, quorum: 4 })).toEqual([
      'stages[1].cohort.quorum: expected at most 3, the number of clients, found 4',
      'stages[1].cohort.minimum: expected at most 3, the number of clients, found 4',
    ]);
    expect(cohort({ minimum: 1, quorum: 2 })).toEqual([
      'stages[1].cohort.minimum: expected at least 2, the quorum, found 1',
    ]);
  });

  it('does not count clients that the study does not list', () => {
    const people = { ...minimalStudy.people, clients: 'rest' };
    const stages = [teacher, { ...student, cohort: { minimum: 50, quorum: 50 } }];
    expect(issuesOf({ people, stages })).toEqual([]);
  });

  it('lets clients learn from labels of their own', () => {
    expect(stageIssuesOf({ ...without(student, 'teacher'), objective: 'supervised' })).toEqual([]);
  });
});
