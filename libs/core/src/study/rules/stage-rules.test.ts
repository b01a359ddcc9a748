import { describe, expect, it } from 'vitest';
import type { Labeller } from '../../train/labelling/labellers.js';
import { parseStudy } from '../parse-study.js';
import { fineTune, issuesOf, minimalStudy, stageIssuesOf, student, teacher, without } from '../../testing/studies.js';

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
      'stages[1].teacher: expected one of "newest", "teacher", found "techer"; did you mean "teacher"?',
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
      'stages[1].teacher: expected nothing, because only self-training, self-har and consistency have it, found "teacher"',
      'stages[1].selection: expected nothing, because only self-training, self-har and consistency have it, found an object',
      'stages[1].transformations: expected nothing, because only transformation-discrimination, self-har and ' +
        'consistency have it, found a list of 1',
    ]);
  });

  it('wants a buffer that can be filled, in place of a cohort', () => {
    const stage = { ...student, cohort: {}, buffer: { size: 2, concurrency: 2 } };
    expect(stageIssuesOf(teacher, stage)).toEqual([]);
    expect(stageIssuesOf(teacher, { ...stage, after: { steps: 1 }, strategy: 'fed-nova' })).toEqual([]);
    expect(stageIssuesOf(teacher, { ...stage, buffer: { size: 4, concurrency: 3 } })).toEqual([
      'stages[1].buffer.concurrency: expected at least 4, the size, found 3',
      'stages[1].buffer.size: expected at most 3, the number of clients, found 4',
    ]);
    expect(stageIssuesOf(teacher, { ...stage, buffer: { ...stage.buffer, deadline: 0.5 } })).toEqual([]);
    expect(stageIssuesOf(teacher, { ...stage, buffer: { ...stage.buffer, deadline: 604_801 } })).toEqual([
      'stages[1].buffer.deadline: expected at most 604800, found 604801',
    ]);
    expect(stageIssuesOf(teacher, { ...stage, buffer: { ...stage.buffer, staleness: { most: 3 } } })).toEqual([
      'stages[1].buffer.staleness: unknown key, expected one of "size", "concurrency", "deadline", "maxStaleness", "stalenessExponent"; did you mean "maxStaleness"?',
    ]);
    const cohort = { target: 2, minimum: 2, quorum: 2, deadline: 60 };
    expect(stageIssuesOf(teacher, { ...stage, cohort, coordinatorTakesPart: true, strategy: 'median' })).toEqual([
      'stages[1].strategy: expected one that is linear, because updates in a buffer begin from different models, found median',
      'stages[1].coordinatorTakesPart: expected false, because a buffer is of clients; "after" trains on its labels, found true',
      'stages[1].cohort.target: expected nothing, because the stage has a buffer, found 2',
      'stages[1].cohort.minimum: expected nothing, because the stage has a buffer, found 2',
      'stages[1].cohort.quorum: expected nothing, because the stage has a buffer, found 2',
      'stages[1].cohort.deadline: expected nothing, because the stage has a buffer, found 60',
    ]);
    expect(stageIssuesOf({ ...teacher, buffer: stage.buffer })).toHaveLength(1);
  });

  it('wants a buffer of clients that remember nothing', () => {
    const stage = { ...student, cohort: {}, buffer: { size: 2, concurrency: 2 } };
    const nothing = 'expected nothing that clients remember from round to round, because the stage has a buffer, found';
    const compress = { kind: 'int8', feedback: true };
    expect(stageIssuesOf(teacher, { ...stage, personal: ['activity'], compress })).toEqual([
      `stages[1].personal: ${nothing} a list of 1`,
      `stages[1].compress.feedback: ${nothing} true`,
    ]);
    const optimizer = { kind: 'sgd', learningRate: 0.05 };
    expect(stageIssuesOf(teacher, { ...stage, optimizer, strategy: 'scaffold' })).toEqual([
      `stages[1].strategy: ${nothing} scaffold`,
    ]);
  });

  it('wants parts that the network has, however they are named', () => {
    expect(stageIssuesOf({ ...teacher, trainable: { above: 'conv9' } })).toEqual([
      'stages[0].trainable.above: expected one of "conv1", "conv2", "conv3", found "conv9"',
    ]);
    expect(stageIssuesOf({ ...teacher, trainable: ['activty'] })).toEqual([
      'stages[0].trainable[0]: expected one of "conv1", "conv2", "conv3", "activity", found "activty"; did you mean "activity"?',
    ]);
    expect(stageIssuesOf({ ...teacher, trainable: { last: 0 } })).toHaveLength(1);
    for (const trainable of ['all', 'heads', { last: 2 }, { above: 'conv2' }, ['conv3', 'activity']]) {
      expect(stageIssuesOf({ ...teacher, trainable })).toEqual([]);
    }
  });

  it('caches features only where they do not change', () => {
    const message = (stage: number): string =>
      `stages[${stage}].cacheFeatures: expected false, because features change where the core learns or windows are transformed, found true`;
    expect(stageIssuesOf({ ...teacher, cacheFeatures: true })).toEqual([message(0)]);
    expect(stageIssuesOf({ ...teacher, trainable: { last: 2 }, cacheFeatures: true })).toEqual([message(0)]);
    expect(stageIssuesOf(teacher, { ...student, trainable: 'heads', cacheFeatures: true })).toEqual([message(1)]);
    expect(stageIssuesOf({ ...teacher, trainable: 'heads', cacheFeatures: true })).toEqual([]);
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
      expect.stringMatching(/^stages\[1\]\.transformations: rotate: expected the three axes.*, found none among 1$/),
      expect.stringMatching(
        /^stages\[1\]\.transformations: channel-shuffle: expected the three axes.*, found none among 1$/,
      ),
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

  it('wants a share of the clients from which the quorum can come whenever a round may begin', () => {
    const cohort = (value: object): readonly string[] => stageIssuesOf(teacher, { ...student, cohort: value });
    expect(cohort({ target: { share: 0.5 }, minimum: 3, quorum: 2 })).toEqual([]);
    expect(cohort({ target: { share: 0.4 }, minimum: 3, quorum: 2 })).toEqual([
      'stages[1].cohort.quorum: expected at most 1, the target when no more than the minimum of 3 are there, found 2',
    ]);
    expect(cohort({ target: { share: 1.5 } })).toEqual([
      'stages[1].cohort.target.share: expected less than 1, found 1.5',
    ]);
    expect(cohort({ target: { share: 0 } })).toEqual(['stages[1].cohort.target.share: expected more than 0, found 0']);
  });

  it('wants deadlines and over-selection that mean something', () => {
    const cohort = (value: object): readonly string[] => stageIssuesOf(teacher, { ...student, cohort: value });
    expect(cohort({ target: 2, overSelect: 1, deadline: 0.5 })).toEqual([]);
    expect(cohort({ overSelect: 2 })).toEqual([
      'stages[1].cohort.overSelect: expected nothing, because a target of all leaves nobody else to ask, found 2',
    ]);
    expect(cohort({ target: 2, overSelect: -1, deadline: 0 })).toEqual([
      'stages[1].cohort.overSelect: expected at least 0, found -1',
      'stages[1].cohort.deadline: expected more than 0, found 0',
    ]);
    expect(cohort({ deadline: 604_801 })).toEqual(['stages[1].cohort.deadline: expected at most 604800, found 604801']);
    expect(stageIssuesOf({ ...teacher, cohort: { deadline: 30 } })[0]).toMatch(/^stages\[0\]\.cohort: unknown key/);
  });

  it('wants a quorum of as many updates as the strategy needs', () => {
    const quorum = (strategy: unknown, cohort: object): readonly string[] => {
      const people = { ...minimalStudy.people, clients: 'rest' };
      return issuesOf({ people, stages: [teacher, { ...student, strategy, cohort }] });
    };
    expect(quorum('krum', {})).toEqual([
      'stages[1].cohort.quorum: expected at least 5, the updates that krum needs with these settings, found 1',
    ]);
    expect(quorum({ kind: 'bulyan', byzantine: 2 }, { minimum: 10, quorum: 10 })).toEqual([
      'stages[1].cohort.quorum: expected at least 11, the updates that bulyan needs with these settings, found 10',
    ]);
    expect(quorum({ kind: 'bulyan', byzantine: 2 }, { minimum: 11, quorum: 11 })).toEqual([]);
    expect(quorum('median', { minimum: 3, quorum: 3 })).toEqual([]);
    expect(quorum('fed-adam', {})).toEqual([]);
    // As many clients must answer, so at least as many must be asked and be there.
    expect(stageIssuesOf(teacher, { ...student, strategy: 'krum', cohort: { minimum: 5, quorum: 5 } })).toEqual([
      'stages[1].cohort.quorum: expected at most 3, the number of clients, found 5',
      'stages[1].cohort.minimum: expected at most 3, the number of clients, found 5',
    ]);
    expect(quorum('krum', { target: 4, minimum: 5, quorum: 5 })).toEqual([
      'stages[1].cohort.quorum: expected at most 4, the target, found 5',
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

  it('keeps the names that stand for something else', () => {
    expect(stageIssuesOf({ ...teacher, name: 'newest' })).toEqual([
      'stages[0].name: expected another name, found "newest", which stands for the model that a round starts from',
    ]);
  });

  it('wants an activity head to begin with where the newest model labels', () => {
    const learns = 'a stage that learns activities, because its newest model labels the windows';
    const first = { ...without(teacher, 'steps'), objective: 'transformation-discrimination', epochs: 1 };
    for (const plan of ['newest', { average: 'newest', decay: 0.5 }]) {
      expect(stageIssuesOf(teacher, { ...student, teacher: plan, from: 'teacher' })).toEqual([]);
      expect(stageIssuesOf(teacher, { ...student, teacher: plan })).toEqual([
        `stages[1].from: expected ${learns}, found "scratch"`,
      ]);
      expect(stageIssuesOf(first, { ...student, teacher: plan, from: 'teacher' })).toEqual([
        `stages[1].from: expected ${learns}, found "teacher", whose objective is "transformation-discrimination"`,
      ]);
    }
  });

  it('wants an average of the newest models, with a decay between 0 and 1', () => {
    const withTeacher = (value: unknown): readonly string[] =>
      stageIssuesOf(teacher, { ...student, from: 'teacher', teacher: value });
    expect(withTeacher({ average: 'newest' })).toEqual([]);
    expect(withTeacher({ average: 'newest', decay: 1 })).toEqual([
      'stages[1].teacher.decay: expected less than 1, found 1',
    ]);
    expect(withTeacher({ average: 'teacher' })).toEqual([
      'stages[1].teacher.average: expected "newest", found "teacher"',
    ]);
  });

  it('suggests the nearest labeller', () => {
    expect(stageIssuesOf(teacher, { ...student, labeller: 'techer' })).toEqual([
      'stages[1].labeller: expected "teacher", found "techer"; did you mean "teacher"?',
    ]);
  });

  it("knows a labeller of the study's author", () => {
    const stages = [teacher, { ...student, labeller: 'smoothed' }];
    const smoothed: Labeller = () => Promise.resolve(new Float32Array());
    expect(parseStudy({ ...minimalStudy, stages }, 'study', { smoothed }).stages[1]?.labeller).toBe('smoothed');
    expect(() => parseStudy({ ...minimalStudy, stages }, 'study')).toThrow('stages[1].labeller: expected "teacher"');
  });

  it('wants settings of the rule that is named', () => {
    const selection = (value: object): readonly string[] => stageIssuesOf(teacher, { ...student, selection: value });
    expect(selection({ kind: 'fixed' })).toEqual([]);
    expect(selection({ kind: 'adaptive', floor: 0.6 })).toEqual([]);
    expect(selection({ kind: 'soft-match' })).toEqual([]);
    expect(selection({ kind: 'fixed', treshold: 0.9 })).toEqual([
      'stages[1].selection.treshold: unknown key, expected one of "kind", "threshold"; did you mean "threshold"?',
    ]);
    expect(selection({ kind: 'fixd' })).toEqual([
      'stages[1].selection.kind: expected one of "confident", "fixed", "adaptive", "soft-match", "calibrated", found "fixd"; did you mean "fixed"?',
    ]);
    expect(selection({ kind: 'adaptive', floor: 2 })).toEqual([
      'stages[1].selection.floor: expected at most 1, found 2',
    ]);
  });

  it('wants no temperature of hard labels, and one above 0 of soft ones', () => {
    const labels = (value: object): readonly string[] => stageIssuesOf(teacher, { ...student, labels: value });
    expect(labels({ temperature: 0.5 })).toEqual([]);
    expect(labels({ form: 'hard', temperature: 0.5 })).toEqual([
      'stages[1].labels.temperature: unknown key, expected one of "form", "alignment", "smoothing"',
    ]);
    expect(labels({ temperature: 0 })).toEqual(['stages[1].labels.temperature: expected more than 0, found 0']);
  });

  it('wants probabilities of labels that are smoothed', () => {
    const labels = (smoothing: object): readonly string[] =>
      stageIssuesOf(teacher, { ...student, labels: { smoothing } });
    expect(labels({ stay: 0.95, weight: 1 })).toEqual([]);
    expect(labels({ stay: 1, weight: 0 })).toEqual([
      'stages[1].labels.smoothing.stay: expected less than 1, found 1',
      'stages[1].labels.smoothing.weight: expected more than 0, found 0',
    ]);
    expect(labels({ stey: 0.9 })).toEqual([
      'stages[1].labels.smoothing.stey: unknown key, expected one of "stay", "weight"; did you mean "stay"?',
    ]);
  });

  it('wants labels at the coordinator where labels are aligned with them', () => {
    const people = { test: [1], labelled: [] };
    const first = { ...student, name: 'teacher', objective: 'supervised' };
    const second = { ...student, labels: { alignment: 'class-prior' } };
    const sensors = { ...minimalStudy.sensors, normalisation: 'site' };
    expect(issuesOf({ people, sensors, stages: [without(first, 'teacher'), second] })).toEqual([
      'people.labelled: expected at least one person, because stage "student" aligns labels with the coordinator\'s, ' +
        'found an empty list',
    ]);
  });

  it('wants examples only where there is more to learn from a window than its label', () => {
    expect(stageIssuesOf(teacher, { ...student, examples: 'all' })).toEqual([]);
    expect(stageIssuesOf(teacher, { ...student, objective: 'self-training', examples: 'all' })).toEqual([
      'stages[1].examples: expected nothing, because only self-har has it, found "all"',
    ]);
  });

  it('lets consistency have other transformations than the heads of the stage before', () => {
    const second = {
      ...student,
      name: 'second',
      from: 'student',
      objective: 'consistency',
      transformations: ['noise'],
    };
    expect(stageIssuesOf(teacher, student, second)).toEqual([]);
  });

  it('wants of what comes after rounds a length, parts that are there, and activities', () => {
    const after = (value: object, stage: object = student): readonly string[] =>
      stageIssuesOf(teacher, { ...stage, after: value });
    expect(after({ steps: 5, trainable: ['conv3', 'activity'] })).toEqual([]);
    expect(after({})).toEqual(['stages[1].after: expected either epochs or steps, found neither']);
    expect(after({ steps: 5, trainable: ['transformations'] })).toEqual([
      'stages[1].after.trainable[0]: expected one of "conv1", "conv2", "conv3", "activity", found "transformations"',
    ]);
    const discriminating = { ...without(student, 'teacher'), objective: 'transformation-discrimination' };
    expect(after({ steps: 5 }, discriminating)).toEqual([
      'stages[1].after: expected nothing, because transformation-discrimination learns no activities, found an object',
    ]);
    expect(stageIssuesOf({ ...teacher, after: { steps: 5 } })).toEqual([
      expect.stringContaining('stages[0].after: unknown key'),
    ]);
  });
});
