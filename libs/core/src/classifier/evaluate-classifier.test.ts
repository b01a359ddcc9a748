import { beforeAll, describe, expect, it } from 'vitest';
import { NO_ACTIVITY, type SensorRecording } from '../data/recording.js';
import { syntheticActivities, syntheticPeople } from '../data/synthetic.js';
import { simulateStudy } from '../engine/simulate-study.js';
import { createRng } from '../math/random.js';
import type { Evaluation } from '../metrics/evaluation.js';
import { parseStudy } from '../study/parse-study.js';
import { prepareCoordinatorData, recordingsFor } from '../study/plans/prepare-data.js';
import { networkOf } from '../study/plans/stage-plans.js';
import type { Study } from '../study/study.js';
import { useBackend } from '../testing/backends.js';
import { handMadeMetadata, handMadeParameters } from '../testing/hand-made-model.js';
import { readClassifier } from './classifier.js';
import { evaluateClassifier } from './evaluate-classifier.js';
import { encodeModel } from './stored-model.js';

const { signal } = new AbortController();
const people = syntheticPeople({ people: 7, secondsPerActivity: 8, rateHz: 25 }, createRng(1));
/** Of five test people the intervals depend on the draws, of two they do not. */
const [labelled = '', client = '', ...tested] = [...new Set(people.map(({ subject }) => subject))];

function studyWith(sensors: object): Study {
  return parseStudy({
    name: 'evaluated',
    seed: 5,
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 40, step: 20, ...sensors },
    model: { convolutions: [{ filters: 4, kernel: 5 }], headUnits: { activity: 6 } },
    people: { test: tested.toReversed(), labelled: [labelled], clients: [client] },
    stages: [
      { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 2, batch: 8 },
      {
        name: 'student',
        where: 'clients',
        objective: 'self-training',
        teacher: 'teacher',
        selection: { minimumConfidence: 0 },
        rounds: 2,
        steps: 1,
        batch: 8,
      },
    ],
  });
}

/** The last evaluation of the study's run, and that of its stored model on the same people. */
async function evaluations(study: Study): Promise<{ readonly ofRun: Evaluation; readonly again: Evaluation }> {
  const recordingsOf = (names: readonly string[]): readonly SensorRecording[] =>
    names.flatMap((name) =>
      people.filter((raw) => raw.subject === name).flatMap((raw) => recordingsFor(study.sensors, raw)),
    );
  const { normalisation } = prepareCoordinatorData(study, {
    labelled: recordingsOf(study.people.labelled),
    test: recordingsOf(study.people.test),
  });
  let ofRun: Evaluation | undefined;
  let parameters = new Float32Array();
  for await (const report of simulateStudy(study, people)) {
    ofRun = report.evaluation;
    parameters = Float32Array.from(report.parameters);
  }
  const bytes = await encodeModel(parameters, {
    gaitway: '0.1.0',
    study: study.name,
    studyDigest: 'ab'.repeat(32),
    stage: 'student',
    rounds: 2,
    seed: study.seed,
    activities: study.activities,
    sensors: study.sensors,
    unit: 'g',
    ...(normalisation && { normalisation }),
    network: networkOf(study, 'student'),
  });
  const { plain } = await evaluateClassifier(await readClassifier(bytes, 'student'), recordingsOf(study.people.test), {
    signal,
  });
  return { ofRun: ofRun!, again: plain };
}

describe('the evaluation of a stored model', () => {
  beforeAll(() => useBackend('wasm'));

  it.each([
    { normalisation: 'z' },
    { normalisation: 'site' },
    { normalisation: 'axes', derived: ['magnitude', 'vertical'] },
  ])('has the figures of its run on the test people, to the last bit, with %j', async (sensors) => {
    const { ofRun, again } = await evaluations(studyWith(sensors));
    expect(again).toEqual(ofRun);
    expect(again.intervals).toMatchObject({ kind: 'people', people: 5 });
  });
});

describe('the evaluation after smoothing', () => {
  beforeAll(() => useBackend('wasm'));

  /** Two windows: in the first, sitting, the odds are even; in the second, without a label, they are 9 to 1 for walking. */
  const recording: SensorRecording = {
    subject: 'ann',
    source: 'ann.csv',
    sampleRateHz: 10,
    channels: ['x'],
    samples: Float32Array.of(1, 1, 1, 1, 5, 5, 5, 5),
    labels: { names: ['sitting'], ofSample: Uint8Array.from([0, 0, 0, 0, ...new Array<number>(4).fill(NO_ACTIVITY)]) },
  };

  it('takes windows without labels into account, and leaves the plain figures as they are', async () => {
    const sensors = { ...handMadeMetadata.sensors, step: 4 };
    const model = await readClassifier(await encodeModel(handMadeParameters, { ...handMadeMetadata, sensors }), 'made');
    const smoothing = { stay: 0.9, weight: 1 };
    const { plain, smoothed } = await evaluateClassifier(model, [recording], { smoothing, signal });
    expect(plain).toMatchObject({ windows: 1, accuracy: 1, logLoss: expect.closeTo(Math.log(2), 6) as number });
    // Sitting and then walking or sitting: .9 · .1 + .1 · .9 = .18; walking likewise: .1 · .1 + .9 · .9 = .82.
    expect(smoothed).toMatchObject({ windows: 1, accuracy: 0, logLoss: expect.closeTo(-Math.log(0.18), 6) as number });
    expect(await evaluateClassifier(model, [recording], { signal })).toEqual({ plain });
  });
});
