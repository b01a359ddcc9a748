import { describe, expect, it } from 'vitest';
import { transformationNames } from '../../augment/transformation.js';
import { fineTune, issuesOf, minimalStudy, student, teacher } from '../../testing/studies.js';
import { defaultCandidates } from '../schema/choose-schema.js';
import { parseStudy, studyDigest } from '../parse-study.js';
import { stagePlans } from '../plans/stage-plans.js';
import type { Candidate, ClientStage, Study } from '../study.js';
import { withCandidate } from '../plans/with-candidate.js';

const two = { gentle: { learningRate: 0.001 }, plain: { augment: 'none' } };

function studyWith(changes: object): Study {
  return parseStudy({ ...minimalStudy, ...changes });
}

describe('the choice of a study, as it is written', () => {
  it('is complete once it is read, and reads back as itself', () => {
    const study = studyWith({ choose: 'default' });
    expect(study.choose).toEqual({ folds: 5, precision: 0.9, candidates: defaultCandidates });
    expect(studyWith({ choose: {} }).choose).toEqual(study.choose);
    expect(studyWith({ choose: { candidates: 'default' } }).choose).toEqual(study.choose);
    expect(parseStudy(JSON.parse(JSON.stringify(study)))).toEqual(study);
  });

  it('keeps the order of its candidates, by which another study is another', async () => {
    const { gentle, plain } = two;
    const study = studyWith({ choose: { candidates: { gentle, plain } } });
    expect(study.choose!.candidates).toEqual([{ name: 'gentle', ...gentle }, { name: 'plain', ...plain }]); // prettier-ignore
    const turned = studyWith({ choose: { candidates: { plain, gentle } } });
    expect(await studyDigest(turned)).not.toBe(await studyDigest(study));
  });

  it.each([
    [{ candidates: { alone: {} } }, 'choose.candidates: expected 2 to 6 candidates, found 1'],
    [{ folds: 1, candidates: two }, 'choose.folds: expected at least 2, found 1'],
    [{ folds: 6, candidates: two }, 'choose.folds: expected at most 5, found 6'],
    [{ precision: 1, candidates: two }, 'choose.precision: expected less than 1, found 1'],
    [{ candidates: { ...two, 7: {} } }, 'choose.candidates.7: expected a name that is more than a number, found "7"'],
    [
      { candidates: { ...two, other: { stpes: 3 } } },
      'choose.candidates.other.stpes: unknown key, expected one of "augment", "derived", "normalisation", "learningRate", "steps"',
    ],
    [
      { candidates: [{ name: 'one' }, { name: 'one', steps: 2 }] },
      'choose.candidates[1]: expected a name that is not used yet, found "one", which is also at choose.candidates[0]',
    ],
    ['pocket', 'choose: expected "default", or an object, found "pocket"'],
  ])('is refused: %j', (choose, issue) => {
    expect(issuesOf({ choose })).toEqual([issue]);
  });

  it('is refused where no stage can compare candidates', () => {
    const stages = [{ ...student, objective: 'transformation-discrimination' }, fineTune].map((stage) =>
      Object.fromEntries(Object.entries(stage).filter(([key]) => key !== 'teacher')),
    );
    expect(issuesOf({ stages, choose: { candidates: two } })).toEqual([
      'choose: expected a supervised stage of the coordinator that starts from scratch, by which candidates are compared, found none',
    ]);
  });

  it('is refused with a candidate that makes a study that cannot work, once for each reason', () => {
    const sensors = { ...minimalStudy.sensors, channels: ['x', 'y'] };
    const stages = [teacher];
    const candidates = { plain: {}, axes: { normalisation: 'axes' }, mirrored: { augment: { mirror: true } } };
    expect(issuesOf({ sensors, stages, choose: { candidates } })).toEqual([
      'choose.candidates.axes: with it, sensors.normalisation: expected z or site, since axes is for three axes alone, found x, y',
      'choose.candidates.mirrored: with it, stages[0].augment.mirror: expected the three axes of a sensor among the channels, found x, y',
    ]);
  });

  it('must be made before the study runs', () => {
    expect(() => stagePlans(studyWith({ choose: 'default' }))).toThrow(
      'Study "first-study" still has to choose its recipe',
    );
  });
});

describe('a candidate', () => {
  const augment = { turn: 20 };
  const everywhere = studyWith({
    sensors: { ...minimalStudy.sensors, derived: ['magnitude'] },
    stages: [{ ...teacher, augment: { noise: 0.1 } }, { ...student, after: { steps: 1 } }, fineTune],
    choose: { candidates: two },
  });
  const made = (candidate: Omit<Candidate, 'name'>, study: Study = everywhere): Study =>
    withCandidate(study, { name: 'candidate', ...candidate });

  it('leaves what it says nothing of', () => {
    const { choose, ...others } = everywhere;
    expect(choose).toBeDefined();
    expect(made({})).toEqual(others);
  });

  it('augments all stages, and what comes after rounds', () => {
    const { stages } = made({ augment });
    expect(stages.map((stage) => stage.augment)).toEqual([augment, augment, augment]);
    expect((stages[1] as ClientStage).after!.augment).toEqual(augment);
    expect(made({ augment: 'none' }).stages.map((stage) => 'augment' in stage)).toEqual([false, false, false]);
  });

  it('leaves a stage that keeps its features as it is', () => {
    const cached = { ...fineTune, trainable: 'heads', cacheFeatures: true };
    const study = studyWith({ stages: [teacher, student, cached], choose: { candidates: two } });
    expect(made({ augment }, study).stages.map((stage) => stage.augment)).toEqual([augment, augment, undefined]);
  });

  it('says what the inputs are', () => {
    expect(made({ derived: ['vertical'], normalisation: 'axes' }).sensors).toMatchObject({
      derived: ['vertical'],
      normalisation: 'axes',
    });
    expect(made({ derived: 'none' }).sensors).not.toHaveProperty('derived');
  });

  it('says how the first supervised stage of the coordinator is trained, and no other', () => {
    const { stages } = made({ steps: 77, learningRate: 0.01 });
    expect(stages[0]).toMatchObject({ steps: 77, optimizer: { kind: 'adam', learningRate: 0.01 } });
    expect(stages.slice(1)).toEqual(everywhere.stages.slice(1));
    const inEpochs = studyWith({
      stages: [{ name: 'teacher', where: 'coordinator', objective: 'supervised', epochs: 2 }],
      choose: { candidates: two },
    });
    expect(made({ learningRate: 0.01 }, inEpochs).stages[0]).toHaveProperty('epochs', 2);
    expect(made({ steps: 9 }, inEpochs).stages[0]).toHaveProperty('steps', 9);
    expect(made({ steps: 9 }, inEpochs).stages[0]).not.toHaveProperty('epochs');
  });

  it('gives consistency its versions as if it had been written there', () => {
    const consistent = { ...student, objective: 'consistency' };
    const written = (changes: object): Study =>
      studyWith({ stages: [teacher, { ...consistent, ...changes }], choose: { candidates: two } });
    expect(made({ augment }, written({})).stages[1]).not.toHaveProperty('transformations');
    expect(made({ augment }, written({ transformations: ['noise'] })).stages[1]!.transformations).toEqual(['noise']);
    expect(made({ augment: 'none' }, written({ augment })).stages[1]!.transformations).toEqual(transformationNames);
  });

  it.each(defaultCandidates)('makes a study that reads back as itself: $name', (candidate) => {
    const study = withCandidate(studyWith({ choose: 'default' }), candidate);
    expect(parseStudy(JSON.parse(JSON.stringify(study)))).toEqual(study);
  });
});

describe('the selection "calibrated"', () => {
  const calibrated = (selection: unknown, changes: object = {}): readonly string[] =>
    issuesOf({ stages: [teacher, { ...student, selection, ...changes }] });

  it('is filled in by a choice, or says its numbers itself', () => {
    expect(issuesOf({ choose: 'default', stages: [teacher, { ...student, selection: 'calibrated' }] })).toEqual([]);
    expect(calibrated({ kind: 'calibrated', temperature: 1.5, thresholds: [0.5, 0.75] })).toEqual([]);
  });

  it('is refused where nobody says its numbers, or not all of them', () => {
    const expected =
      'stages[1].selection: expected a temperature and 2 thresholds, or "choose" in the study, which fits them, found';
    expect(calibrated('calibrated')).toEqual([`${expected} no temperature and 0 thresholds`]);
    expect(calibrated({ kind: 'calibrated', thresholds: [0.5, 0.75] })).toEqual([
      `${expected} no temperature and 2 thresholds`,
    ]);
    expect(calibrated({ kind: 'calibrated', temperature: 1, thresholds: [0.5] })).toEqual([
      `${expected} a temperature and 1 thresholds`,
    ]);
  });

  it('is refused beside labels that are aligned', () => {
    const selection = { kind: 'calibrated', temperature: 1, thresholds: [0.5, 0.5] };
    expect(calibrated(selection, { labels: { alignment: 'class-prior' } })).toEqual([
      'stages[1].labels.alignment: expected "none", because the thresholds are of probabilities that are not aligned, found "class-prior"',
    ]);
  });

  it('can be named like every other rule', () => {
    const named = studyWith({ stages: [teacher, { ...student, selection: 'fixed' }] });
    expect(named.stages[1]!.selection).toEqual({ kind: 'fixed', threshold: 0.95 });
  });
});
