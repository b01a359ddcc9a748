import { describe, expect, it } from 'vitest';
import { transformationNames } from '../augment/transformation.js';
import { fineTune, minimalStudy, student, teacher, issuesOf, stageIssuesOf, without } from '../testing/studies.js';
import { parseStudy, studyDigest } from './parse-study.js';
import { presetNames } from './plans/presets.js';

describe('parseStudy', () => {
  it('fills in what a minimal study leaves out', () => {
    const study = parseStudy(minimalStudy);
    expect(study.seed).toBe(1);
    expect(study.sensors).toMatchObject({ normalisation: 'z', otherActivities: 'refuse' });
    expect(study.model).toEqual({
      convolutions: [
        { filters: 32, kernel: 24 },
        { filters: 64, kernel: 16 },
        { filters: 96, kernel: 8 },
      ],
      dropoutRate: 0.1,
      l2: 1e-4,
      headUnits: { activity: 1024, transformation: 256 },
    });
    expect(study.evaluation).toEqual({ everyRounds: 1 });
    expect(study.stages.map(({ name }) => name)).toEqual(['teacher', 'student', 'fine-tune']);
    expect(parseStudy({ ...minimalStudy, people: { test: [1], labelled: [2] } }).people.clients).toBe('rest');
  });

  it('fills in what a stage leaves out, as far as its objective has it', () => {
    const [first, second] = parseStudy({ ...minimalStudy, stages: [teacher, { ...student, cohort: {} }] }).stages;
    expect(first).toEqual({
      ...teacher,
      cacheFeatures: false,
      from: 'scratch',
      batch: 64,
      optimizer: { kind: 'adam', learningRate: 3e-4 },
      trainable: 'all',
    });
    expect(second).toEqual({
      ...student,
      cacheFeatures: false,
      from: 'scratch',
      batch: 64,
      optimizer: { kind: 'adam', learningRate: 3e-4 },
      trainable: 'all',
      labeller: 'teacher',
      selection: { kind: 'confident', minimumConfidence: 0.5, pluralityOnly: true, maximumPerClass: 10_000 },
      labels: { form: 'soft', temperature: 1, alignment: 'none' },
      examples: 'accepted',
      transformations: transformationNames,
      strategy: 'fed-avg',
      cohort: { target: 'all', minimum: 1, quorum: 1 },
      coordinatorTakesPart: false,
    });
  });

  it('smooths labels where it is said, over windows that overlap by half', () => {
    const parse = (labels: object): unknown =>
      parseStudy({ ...minimalStudy, stages: [teacher, { ...student, labels }] }).stages[1]!.labels;
    const smoothing = { stay: 0.9, weight: 0.5 };
    expect(parse({ smoothing: {} })).toEqual({ form: 'soft', temperature: 1, alignment: 'none', smoothing });
    expect(parse({ form: 'hard', smoothing: {} })).toEqual({ form: 'hard', alignment: 'none', smoothing });
  });

  it('takes a cohort that asks nobody more for one that says nothing about it', () => {
    const parse = (cohort: object): unknown =>
      parseStudy({ ...minimalStudy, stages: [teacher, { ...student, cohort }] });
    expect(parse({ target: 2, overSelect: 0 })).toEqual(parse({ target: 2 }));
    expect(parse({ target: 2, overSelect: 1, deadline: 9 })).toHaveProperty('stages[1].cohort', {
      target: 2,
      minimum: 1,
      quorum: 1,
      overSelect: 1,
      deadline: 9,
    });
  });

  it('completes a selection, an optimizer and a cohort that say only a part', () => {
    const partial = {
      ...student,
      selection: { minimumConfidence: 0.9 },
      optimizer: { kind: 'sgd' },
      cohort: { target: 3 },
    };
    expect(parseStudy({ ...minimalStudy, stages: [teacher, partial] }).stages[1]).toMatchObject({
      selection: { kind: 'confident', minimumConfidence: 0.9, pluralityOnly: true, maximumPerClass: 10_000 },
      optimizer: { kind: 'sgd', learningRate: 3e-4 },
      cohort: { target: 3, minimum: 1, quorum: 1 },
    });
  });

  it('has no key for losses that count equally, as every study before there was one', async () => {
    const digestOf = (keys: object): Promise<string> =>
      studyDigest(parseStudy({ ...minimalStudy, stages: [teacher, { ...student, ...keys }] }));
    expect(await digestOf({ lossWeights: 'equal' })).toBe(await digestOf({}));
    expect(parseStudy({ ...minimalStudy, stages: [teacher, student] }).stages[1]).not.toHaveProperty('lossWeights');
    expect(await digestOf({ lossWeights: 'uncertainty' })).not.toBe(await digestOf({}));
  });

  it('takes numbered people by their number as text', () => {
    expect(parseStudy(minimalStudy).people).toEqual({ test: ['1', '6'], labelled: ['2'], clients: ['3', 'four', '5'] });
    const sites = { 'ward 7': [3, 4], home: ['5'] };
    expect(parseStudy({ ...minimalStudy, people: { ...minimalStudy.people, clients: sites } }).people.clients).toEqual({
      'ward 7': ['3', '4'],
      home: ['5'],
    });
  });

  it.each(presetNames)('reads a study with the preset %s, and its JSON as the same study', async (stages) => {
    const study = parseStudy({ ...minimalStudy, stages });
    const again = parseStudy(JSON.parse(JSON.stringify(study)));
    expect(again).toEqual(study);
    expect(await studyDigest(again)).toBe(await studyDigest(study));
  });

  it('freezes what it returns, and leaves the input as it was', () => {
    const input = structuredClone({ ...minimalStudy, stages: [teacher, student, fineTune] });
    const study = parseStudy(input);
    expect(Object.isFrozen(study.stages[1]?.optimizer)).toBe(true);
    expect(Object.isFrozen(study.people.test)).toBe(true);
    expect(input).toEqual({ ...minimalStudy, stages: [teacher, student, fineTune] });
    expect(Object.isFrozen(input.people.test)).toBe(false);
  });

  it('begins every line of the error with the source', () => {
    expect(() => parseStudy({ ...minimalStudy, seed: -1 }, 'study.yaml')).toThrow(
      'study.yaml: seed: expected at least 0, found -1',
    );
  });
});

describe('studyDigest', () => {
  it('is the same for a compression by name and by settings, and another one than without', async () => {
    const digestOf = (more: object): Promise<string> =>
      studyDigest(parseStudy({ ...minimalStudy, stages: [teacher, { ...student, ...more }] }));
    expect(await digestOf({ compress: 'top-k' })).toBe(await digestOf({ compress: { kind: 'top-k', share: 0.1 } }));
    expect(await digestOf({ compress: 'fp16' })).not.toBe(await digestOf({}));
    expect(() => digestOf({ compress: 'fp17' })).toThrow('stages[1].compress');
  });

  it('is the same for a strategy by name and by settings', async () => {
    const digestOf = (strategy: unknown): Promise<string> =>
      studyDigest(parseStudy({ ...minimalStudy, stages: [teacher, { ...student, strategy }] }));
    expect(await digestOf({ kind: 'fed-avg' })).toBe(await digestOf('fed-avg'));
    expect(await digestOf({ kind: 'fed-avg-m', momentum: 0.9 })).toBe(await digestOf('fed-avg-m'));
    expect(await digestOf({ kind: 'fed-avg-m', momentum: 0.8 })).not.toBe(await digestOf('fed-avg-m'));
  });

  it('differs between two studies, and not between two ways to write one', async () => {
    const digest = await studyDigest(parseStudy(minimalStudy));
    expect(await studyDigest(parseStudy({ ...minimalStudy, seed: 2 }))).not.toBe(digest);
    expect(
      await studyDigest(parseStudy(Object.fromEntries(Object.entries({ ...minimalStudy, seed: 1 }).reverse()))),
    ).toBe(digest);
  });
});

describe('rules between the parts of a study', () => {
  it('takes a study whose stages fit together', () => {
    expect(stageIssuesOf(teacher, student, fineTune)).toEqual([]);
  });

  it('wants every activity and every channel once', () => {
    const sensors = { ...minimalStudy.sensors, channels: ['x', 'y', 'x'] };
    expect(issuesOf({ activities: ['sitting', 'walking', 'sitting'], sensors })).toEqual([
      'activities[2]: expected a name that is not used yet, found "sitting", which is also at activities[0]',
      'sensors.channels[2]: expected a name that is not used yet, found "x", which is also at sensors.channels[0]',
    ]);
  });

  it('wants a window as long as the convolutions reach', () => {
    expect(issuesOf({ sensors: { ...minimalStudy.sensors, window: 46 } })).toEqual([]);
    expect(issuesOf({ sensors: { ...minimalStudy.sensors, window: 45 } })).toEqual([
      "sensors.window: expected at least 46, the reach of the model's convolutions, found 45",
    ]);
  });

  it('wants every person in one role', () => {
    expect(issuesOf({ people: { test: [1], labelled: ['1'], clients: { home: [2], ward: [3, 2] } } })).toEqual([
      'people.labelled[0]: expected a name that is not used yet, found "1", which is also at people.test[0]',
      'people.clients.ward[1]: expected a name that is not used yet, found "2", which is also at people.clients.home[0]',
    ]);
  });

  it('lets labelled people be clients too where a label budget says how little is known of them', () => {
    const people = { test: [1], labelled: [2, 3] };
    const budget = { labelledWindows: { perClass: 10 } };
    const message = (path: string, name: string, first: string): string =>
      `${path}: expected a name that is not used yet, found "${name}", which is also at ${first}`;
    expect(issuesOf({ people: { ...people, ...budget, clients: [2, 3, 4] } })).toEqual([]);
    expect(issuesOf({ people: { ...people, ...budget, clients: { home: [2, 3] } } })).toEqual([]);
    expect(issuesOf({ people: { ...people, ...budget, clients: 'everyone' } })).toEqual([]);
    expect(issuesOf({ people: { ...people, clients: [3, 4] } })).toEqual([
      message('people.clients[0]', '3', 'people.labelled[1]'),
    ]);
    expect(issuesOf({ people: { ...people, clients: 'everyone' } })).toEqual([
      'people.clients: expected "rest", or people.labelledWindows beside it, found "everyone": labelled people are clients too',
    ]);
  });

  it('wants labelled people where a label budget is given', () => {
    const sensors = { ...minimalStudy.sensors, normalisation: 'site' };
    const people = { test: [1], labelled: [], labelledWindows: { perClass: 10 } };
    expect(issuesOf({ people, sensors, stages: 'federated-supervised' })).toEqual([
      'people.labelledWindows: expected labelled people beside it, found none: there is nothing to draw from',
    ]);
  });

  it('keeps test people out of every other role with a label budget too', () => {
    const budget = { labelledWindows: { perClass: 10 } };
    expect(issuesOf({ people: { test: [1, 2], labelled: [2, 3, 3], ...budget, clients: [1, 3, 4, 4] } })).toEqual([
      'people.labelled[0]: expected a name that is not used yet, found "2", which is also at people.test[1]',
      'people.labelled[2]: expected a name that is not used yet, found "3", which is also at people.labelled[1]',
      'people.clients[0]: expected a name that is not used yet, found "1", which is also at people.test[0]',
      'people.clients[3]: expected a name that is not used yet, found "4", which is also at people.clients[2]',
    ]);
  });

  it("keeps the coordinator's name from the clients, not from other people", () => {
    const message =
      'people.clients: expected other names for clients, found "coordinator", which is the coordinator\'s own';
    expect(issuesOf({ people: { ...minimalStudy.people, clients: ['coordinator', 3] } })).toEqual([message]);
    expect(issuesOf({ people: { ...minimalStudy.people, clients: { coordinator: [3] } } })).toEqual([message]);
    expect(issuesOf({ people: { ...minimalStudy.people, clients: { home: ['coordinator'] } } })).toEqual([]);
  });

  it('wants labelled people where the coordinator trains or normalises for all', () => {
    const people = { ...minimalStudy.people, labelled: [] };
    expect(issuesOf({ people, stages: 'selfhar' })).toEqual([
      'people.labelled: expected at least one person, because the coordinator trains in stage "teacher" and ' +
        'sensors.normalisation is "z", found an empty list',
    ]);
    expect(issuesOf({ people, stages: 'federated-supervised' })).toEqual([
      'people.labelled: expected at least one person, because sensors.normalisation is "z", found an empty list',
    ]);
    const sensors = { ...minimalStudy.sensors, normalisation: 'site' };
    expect(issuesOf({ people, sensors, stages: 'federated-supervised' })).toEqual([]);
  });

  it('wants test people where a stage is evaluated', () => {
    const people = { ...minimalStudy.people, test: [] };
    expect(issuesOf({ people })).toEqual([
      'people.test: expected at least one person, because stage "teacher" is evaluated, found an empty list',
    ]);
    const stages = [{ ...without(student, 'teacher'), objective: 'transformation-discrimination' }];
    expect(issuesOf({ people, stages })).toEqual([]);
  });
});
