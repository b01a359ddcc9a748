import { describe, expect, it } from 'vitest';
import type { RawRecording, SensorRecording } from '../../data/recording.js';
import { inputShape, windowCount, windowSamples, writeWindowInputs, type WindowedDataset } from '../../data/windows.js';
import { writtenStudy } from '../../testing/studies.js';
import { parseStudy } from '../parse-study.js';
import {
  prepareClientData,
  prepareClientTest,
  prepareCoordinatorData,
  recordingsFor,
  withTruth,
} from './prepare-data.js';

const study = parseStudy(writtenStudy);

/** Four seconds at 10 Hz, alternating between `low` and `high` on x, rising on y. */
function recording(subject: string, low: number, high: number, activity?: string): SensorRecording {
  const samples = Float32Array.from({ length: 80 }, (_, index) => {
    const time = Math.floor(index / 2);
    return index % 2 === 1 ? time : time % 2 === 0 ? low : high;
  });
  const labels = activity === undefined ? {} : { labels: { names: [activity], ofSample: new Uint8Array(40) } };
  return { subject, source: `${subject}.csv`, sampleRateHz: 10, channels: ['x', 'y'], samples, ...labels };
}

const labelled = [recording('lea', -1, 1, 'walking'), recording('leo', 3, 5, 'sitting')];
const test = [recording('tess', 0, 2, 'walking')];

/** The first input of a network for the first window. */
function firstInputOf(windows: WindowedDataset | undefined): number {
  const { length, channels } = inputShape(windows!);
  const inputs = new Float32Array(length * channels);
  writeWindowInputs(windows!, 0, inputs);
  return inputs[0]!;
}

describe("the coordinator's data", () => {
  it('are labelled windows, normalised by the labelled people alone', () => {
    const { normalisation, data } = prepareCoordinatorData(study, { labelled, test });
    // x is -1, 1, 3 or 5 equally often: mean 2, variance (9 + 1 + 1 + 9) / 4.
    expect(normalisation!.mean[0]).toBe(2);
    expect(normalisation!.standardDeviation[0]).toBeCloseTo(Math.sqrt(5), 12);
    expect(windowCount(data.labelled!)).toBe(6);
    expect([...data.labelled!.labels!]).toEqual([0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0]);
    expect(firstInputOf(data.test)).toBeCloseTo((0 - 2) / Math.sqrt(5), 6);
    expect(data.unlabelled).toBeUndefined();
  });

  it('refuse an activity that the study does not know, unless the study lets it pass unlabelled', () => {
    const people = { labelled: [...labelled, recording('leo', 0, 1, 'siting')], test };
    expect(() => prepareCoordinatorData(study, people)).toThrow(
      'leo.csv: expected one of sitting, walking; found "siting"; did you mean "sitting"?',
    );
    const lenient = parseStudy({
      ...writtenStudy,
      sensors: { ...writtenStudy.sensors, otherActivities: 'unlabelled' },
    });
    expect(windowCount(prepareCoordinatorData(lenient, people).data.labelled!)).toBe(6);
  });

  it('are test windows alone where only the clients have labels to train on', () => {
    const site = { ...writtenStudy.sensors, normalisation: 'site' };
    const people = { ...writtenStudy.people, labelled: [] };
    const federated = parseStudy({ ...writtenStudy, sensors: site, people, stages: 'federated-supervised' });
    expect(Object.keys(prepareCoordinatorData(federated, { labelled: [], test }).data)).toEqual(['test']);
  });

  it('refuse people without a labelled window', () => {
    const unlabelled = [recording('tess', 0, 2)];
    expect(() => prepareCoordinatorData(study, { labelled, test: unlabelled })).toThrow(
      'test people: expected labelled recordings of at least 2 s (one window), found none among 1',
    );
  });
});

describe("the coordinator's data with a label budget", () => {
  const people = { ...writtenStudy.people, labelledWindows: { perClass: 1 }, clients: 'everyone' };
  const budgeted = parseStudy({ ...writtenStudy, people });

  it('are so many windows of each activity, and all windows of the test people', () => {
    const { data } = prepareCoordinatorData(budgeted, { labelled, test });
    expect([...data.labelled!.labels!]).toEqual([0, 1, 1, 0]);
    expect(windowCount(data.test!)).toBe(3);
  });

  it('hold no sample of the other windows, in the normalisation neither', () => {
    const { data, normalisation } = prepareCoordinatorData(budgeted, { labelled, test });
    expect(data.labelled!.recordings.map(({ samples }) => samples.length)).toEqual([40, 40]);
    // y rises by one a sample, and windows of 20 begin at 0, 10 or 20: the mean of two of them is 9.5 plus half the starts.
    const starts = [...data.labelled!.recordings].map((_, window) => {
      return windowSamples(data.labelled!, window)[1]!;
    });
    expect(normalisation!.mean[1]).toBeCloseTo(9.5 + (starts[0]! + starts[1]!) / 2, 5);
  });

  it('are drawn by the seed of the study', () => {
    const meanOf = (seed: number): number =>
      prepareCoordinatorData(parseStudy({ ...writtenStudy, people, seed }), { labelled, test }).normalisation!.mean[1]!;
    expect(meanOf(3)).toBe(meanOf(3));
    expect(new Set(Array.from({ length: 20 }, (_, seed) => meanOf(seed))).size).toBeGreaterThan(1);
  });

  it('refuse a class that the labelled people never show', () => {
    expect(() => prepareCoordinatorData(budgeted, { labelled: [labelled[0]!], test })).toThrow(
      'found a class with no training window: sitting',
    );
  });

  it('refuse an activity that the study does not know, drawn or not', () => {
    const unknown = { labelled: [...labelled, recording('leo', 0, 1, 'siting')], test };
    expect(() => prepareCoordinatorData(budgeted, unknown)).toThrow('found "siting"; did you mean "sitting"?');
  });
});

describe("a client's data", () => {
  const { normalisation } = prepareCoordinatorData(study, { labelled, test });
  const own = [recording('ann', 10, 12, 'flying')];

  it('are unlabelled windows: labels in its folder are never read', () => {
    const data = prepareClientData(study, own, normalisation);
    expect(Object.keys(data)).toEqual(['unlabelled']);
    expect(data.unlabelled!.labels).toBeUndefined();
    expect(windowCount(data.unlabelled!)).toBe(3);
    expect(firstInputOf(data.unlabelled)).toBeCloseTo((10 - 2) / Math.sqrt(5), 5);
  });

  it('are normalised by themselves where the study says so', () => {
    const bySite = parseStudy({ ...writtenStudy, sensors: { ...writtenStudy.sensors, normalisation: 'site' } });
    const coordinator = prepareCoordinatorData(bySite, { labelled, test });
    expect(coordinator.normalisation).toBeUndefined();
    expect(firstInputOf(coordinator.data.test)).toBeCloseTo(-1, 6);
    expect(firstInputOf(prepareClientData(bySite, own).unlabelled)).toBeCloseTo(-1, 6);
  });

  it('are labelled windows where clients train on their own labels', () => {
    const supervised = parseStudy({ ...writtenStudy, stages: 'federated-supervised' });
    const walking = [recording('ann', 10, 12, 'walking')];
    expect(Object.keys(prepareClientData(supervised, walking, normalisation))).toEqual(['labelled']);
    expect(() => prepareClientData(supervised, own, normalisation)).toThrow('found "flying"');
  });
});

describe("the clients' own people, to evaluate on", () => {
  const { normalisation } = prepareCoordinatorData(study, { labelled, test });
  const ann = [recording('ann', 10, 12, 'walking'), recording('ann', 0, 1, 'flying')];

  it('are their labelled windows of the activities of the study, normalised as theirs are', () => {
    const windows = prepareClientTest(
      study,
      [ann, [recording('bob', 3, 4), recording('bob', 1, 3, 'sitting')]],
      normalisation,
    )!;
    expect([...windows.labels!]).toEqual([0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0]);
    expect(Array.from(windows.recordingOf, (place) => windows.recordings[place]!.subject)).toEqual(
      ['ann', 'ann', 'ann', 'bob', 'bob', 'bob'], // prettier-ignore
    );
    expect(firstInputOf(windows)).toBeCloseTo((10 - 2) / Math.sqrt(5), 5);
    const bySite = parseStudy({ ...writtenStudy, sensors: { ...writtenStudy.sensors, normalisation: 'site' } });
    expect(firstInputOf(prepareClientTest(bySite, [[ann[0]!]]))).toBeCloseTo(-1, 6);
  });

  it('are nobody whose labels the coordinator has, nor anybody where clients learn from their labels', () => {
    expect(prepareClientTest(study, [labelled], normalisation)).toBeUndefined();
    expect(prepareClientTest(study, [[recording('bob', 3, 4)], [ann[1]!]], normalisation)).toBeUndefined();
    const supervised = parseStudy({ ...writtenStudy, stages: 'federated-supervised' });
    expect(prepareClientTest(supervised, [ann], normalisation)).toBeUndefined();
  });
});

describe('a recording for a study', () => {
  it("has the study's channels and rate", () => {
    const raw: RawRecording = {
      subject: 'ann',
      source: 'ann.csv',
      channels: ['z', 'y', 'x'],
      samples: Float32Array.from({ length: 30 }, (_, index) => index),
      timing: { rateHz: 10 },
    };
    const [first, ...others] = recordingsFor(study.sensors, raw);
    expect(others).toEqual([]);
    expect(first!.channels).toEqual(['x', 'y']);
    expect([...first!.samples.slice(0, 4)]).toEqual([2, 1, 5, 4]);
  });
});

describe('the true activities of a client', () => {
  const lenient = parseStudy({ ...writtenStudy, sensors: { ...writtenStudy.sensors, otherActivities: 'unlabelled' } });
  const normalisation = { mean: [0, 0], standardDeviation: [1, 1] };

  it('are known window by window, but for other activities and people of whom the coordinator has labels', () => {
    const own = [
      recording('cleo', 0, 1, 'walking'),
      recording('cleo', 0, 1),
      recording('cleo', 0, 1, 'cycling'),
      recording('lea', 0, 1, 'walking'),
      recording('cleo', 0, 1, 'sitting'),
    ];
    const { truth, unlabelled } = withTruth(lenient, prepareClientData(lenient, own, normalisation));
    expect(windowCount(unlabelled!)).toBe(5 * 3);
    const [sitting, walking] = ['sitting', 'walking'].map((name) => lenient.activities.indexOf(name));
    expect([...truth!]).toEqual([walking, -1, -1, -1, sitting].flatMap((activity) => [activity, activity, activity]));
  });

  it('are not told beside its data, which a deployed client has alone', () => {
    const data = prepareClientData(lenient, [recording('cleo', 0, 1, 'walking')], normalisation);
    expect(Object.keys(data)).toEqual(['unlabelled']);
  });
});
