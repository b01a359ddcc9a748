import { beforeAll, describe, expect, it } from 'vitest';
import type { SensorRecording } from '../data/recording.js';
import { createRng } from '../math/random.js';
import { parseStudy } from '../study/parse-study.js';
import type { Study } from '../study/study.js';
import { withoutChoice } from '../study/plans/with-candidate.js';
import { useBackend } from '../testing/backends.js';
import { chooseRecipe, type FoldReport, type ResolvedStudy } from './choose-recipe.js';

const never = new AbortController().signal;
const activities = ['lying', 'walking'];

/**
 * Ten seconds of each activity at 8 Hz. Lying is gravity along x, walking along -x; `side` is the way round that the
 * phone is carried, which determines what the sign of x means.
 */
function person(subject: string, side: 1 | -1): readonly SensorRecording[] {
  const rng = createRng(subject);
  return activities.map((name, index): SensorRecording => {
    const level = side * (index === 0 ? 1 : -1);
    const samples = Float32Array.from({ length: 240 }, (_, at) => (at % 3 === 0 ? level : 0) + 0.2 * rng.normal());
    const labels = { names: [name], ofSample: new Uint8Array(80) };
    return { subject, source: `${subject} ${name}`, sampleRateHz: 8, channels: ['x', 'y', 'z'], samples, labels };
  });
}

const mirror = { augment: { mirror: true } };

function studyOf(labelled: readonly string[], choose: object, changes: object = {}): Study {
  return parseStudy({
    name: 'small',
    activities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 8, window: 8, step: 4, normalisation: 'axes' },
    model: { convolutions: [{ filters: 4, kernel: 2 }], dropoutRate: 0, headUnits: { activity: 4 } },
    people: { test: ['tess'], labelled },
    stages: [
      { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 60, batch: 16, optimizer: { learningRate: 0.02 } },
      { name: 'student', where: 'clients', objective: 'self-training', teacher: 'teacher', selection: 'calibrated', rounds: 1, epochs: 1 },
    ], // prettier-ignore
    choose,
    ...changes,
  });
}

async function choose(study: Study, people: readonly (readonly SensorRecording[])[]): Promise<ResolvedStudy> {
  return chooseRecipe(study, people.flat(), { signal: never });
}

const sameWay = ['ann', 'ben', 'cid'].map((name) => person(name, 1));
const names = ['ann', 'ben', 'cid'];

beforeAll(() => useBackend('cpu'));

describe('a recipe that is chosen on the labelled people', { timeout: 120_000 }, () => {
  it('is the one whose teacher knows people whom it has not seen', async () => {
    // The sign of x says it all; mirrored, it says nothing.
    const { choice, study } = await choose(studyOf(names, { candidates: { mirrored: mirror, plain: {} } }), sameWay);
    expect(choice.chosen).toBe('plain');
    expect(choice.weak).toBeUndefined();
    const [mirrored, plain] = choice.candidates;
    expect(plain!.folds.map(({ heldOut, weightedF1 }) => [heldOut, weightedF1])).toEqual(
      names.map((name) => [name, 1]),
    );
    expect(mirrored!.mean.weightedF1).toBeLessThan(0.8);
    expect(study).not.toHaveProperty('choose');
    expect(study.stages[0]).not.toHaveProperty('augment');
  });

  it('is none that mirrors where all carry the sensor the same way round, whatever folds prefer', async () => {
    // Gravity along x in both activities, and movement tells them apart: a teacher of one step has learned neither.
    const moving = names.map((name) =>
      person(name, 1).map((recording, index) => {
        const rng = createRng(`${name} moves`);
        const samples = recording.samples.map(
          (_, at) => (at % 3 === 0 ? 1 : 0) + (index === 0 ? 0.02 : 0.7) * rng.normal(),
        );
        return { ...recording, samples };
      }),
    );
    const candidates = { mirrored: mirror, plain: { steps: 1 } };
    const { choice } = await choose(studyOf(names, { candidates }), moving);
    expect(choice.orientation?.isShared).toBe(true);
    const [mirrored, plain] = choice.candidates;
    mirrored!.folds.forEach(({ weightedF1 }, fold) => {
      expect(weightedF1).toBeGreaterThan(plain!.folds[fold]!.weightedF1 + 0.1);
    });
    expect(choice.chosen).toBe('plain');
    const mirroring = { slight: { ...mirror, steps: 1 }, mirrored: mirror };
    expect((await choose(studyOf(names, { candidates: mirroring }), moving)).choice.chosen).toBe('mirrored');
  });

  it('is another where people differ', async () => {
    // Walking is -x for one and x for the other: plain teachers say the opposite of the truth.
    const people = [person('ann', 1), person('ben', -1)];
    const candidates = { plain: {}, mirrored: mirror };
    const { choice, study } = await choose(studyOf(['ann', 'ben'], { candidates }), people);
    expect(choice.candidates[0]!.mean.weightedF1).toBeLessThan(0.1);
    expect(choice.chosen).toBe('mirrored');
    expect(study.stages.map(({ augment }) => augment)).toEqual([mirror.augment, mirror.augment]);
  });

  it('is the first of those that are level', async () => {
    const candidates = { slow: { steps: 59 }, usual: {} };
    const { choice } = await choose(studyOf(names, { candidates }), sameWay);
    expect(choice.candidates.map(({ mean }) => mean.weightedF1)).toEqual([1, 1]);
    expect(choice.chosen).toBe('slow');
  });

  it('brings temperature and thresholds into the stages that ask for them, and reads back as itself', async () => {
    const { choice, study } = await choose(studyOf(names, { candidates: { plain: {}, mirrored: mirror } }), sameWay);
    expect(choice.calibration.temperature).toBeGreaterThanOrEqual(0.5);
    expect(choice.calibration.thresholds).toHaveLength(2);
    expect(study.stages[1]!.selection).toEqual({ kind: 'calibrated', ...choice.calibration });
    expect(Object.isFrozen(study.stages[1]!.selection)).toBe(true);
    expect(parseStudy(JSON.parse(JSON.stringify(study)))).toEqual(study);
  });

  it('comes from halves of the recordings where one person has labels, which says little', async () => {
    const { choice } = await choose(
      studyOf(['ann'], { candidates: { mirrored: { ...mirror, steps: 300 }, plain: {} } }),
      [sameWay[0]!],
    );
    expect(choice.weak).toBe("only ann has labels: halves of one person's recordings say little about other people");
    expect(choice.candidates[0]!.folds.map(({ heldOut }) => heldOut)).toEqual([
      'ann (first half)',
      'ann (second half)',
    ]);
    expect(choice.chosen).toBe('plain');
    const level = await choose(studyOf(['ann'], { candidates: { slow: { steps: 59 }, plain: {} } }), [sameWay[0]!]);
    expect(level.choice.chosen).toBe('slow');
  });

  it('is chosen on the windows of a label budget, and on the people who have some left', async () => {
    const people = { test: ['tess'], labelled: ['ann', 'ben', 'cid'], labelledWindows: { perClass: 4 } };
    const { choice } = await choose(
      studyOf(names, { candidates: { plain: {}, mirrored: mirror } }, { people }),
      sameWay,
    );
    const windows = choice.candidates[0]!.folds.reduce((sum, fold) => sum + fold.windows, 0);
    expect(windows).toBe(8);
  });

  it('is the same, to the last bit, for the same seed', async () => {
    const study = studyOf(names, { folds: 2, candidates: { plain: { steps: 3 }, mirrored: mirror } });
    const [one, other] = [await choose(study, sameWay), await choose(study, sameWay)];
    expect(other).toEqual(one);
    const another = parseStudy({ ...study, seed: 2 });
    expect((await choose(another, sameWay)).choice.candidates).not.toEqual(one.choice.candidates);
  });

  it('tells of each fold as it is done, and ends when it is told to', async () => {
    const study = studyOf(names, { candidates: { plain: { steps: 1 }, mirrored: { ...mirror, steps: 1 } } });
    const told: FoldReport[] = [];
    const stop = new AbortController();
    const onFold = (report: FoldReport): void => {
      told.push(report);
      if (told.length === 4) {
        stop.abort(new Error('enough'));
      }
    };
    await expect(chooseRecipe(study, sameWay.flat(), { signal: stop.signal, onFold })).rejects.toThrow('enough');
    expect(told.map(({ candidate, fold, folds, figures }) => [candidate, fold, folds, figures.heldOut])).toEqual([
      ['plain', 1, 3, 'ann'],
      ['plain', 2, 3, 'ben'],
      ['plain', 3, 3, 'cid'],
      ['mirrored', 1, 3, 'ann'],
    ]);
  });

  it('refuses recordings that cannot be halved, and a study without candidates', async () => {
    const short = person('ann', 1).map((recording) => ({ ...recording, samples: recording.samples.slice(0, 24) }));
    const study = studyOf(['ann'], { candidates: { plain: {}, mirrored: mirror } });
    await expect(choose(study, [short])).rejects.toThrow(
      'labelled people: expected labelled recordings of ann that can be halved, found 2 windows',
    );
    await expect(choose(withoutChoice(study), sameWay)).rejects.toThrow('has no candidates to choose from');
  });
});
