import { describe, expect, it } from 'vitest';
import type { SensorRecording } from '../data/recording.js';
import { syntheticActivities, syntheticPeople } from '../data/synthetic.js';
import { slideLabelledWindows, slideWindows, type WindowedDataset } from '../data/windows.js';
import { createRng } from '../math/random.js';
import type { Evaluation } from '../metrics/evaluation.js';
import { evaluateBaselines, skippedBaselines, type BaselineOptions } from './evaluate-baselines.js';

const people = syntheticPeople({ people: 7, secondsPerActivity: 10, rateHz: 25 }, createRng(4));
const recordings = people.map(({ subject, source, channels, samples, labels }): SensorRecording => {
  return { subject, source, channels, samples, sampleRateHz: 25, ...(labels && { labels }) };
});
const plan = { length: 100, step: 50 };
const windowsOf = (isOne: (person: number) => boolean): WindowedDataset =>
  slideLabelledWindows(
    recordings.filter(({ subject }) => isOne(Number(subject.slice(-2)))),
    plan,
    syntheticActivities,
  );
const train = windowsOf((person) => person <= 4);
const test = windowsOf((person) => person > 4);

function evaluate(changes: Partial<BaselineOptions> = {}): ReadonlyMap<string, Evaluation> {
  const results = evaluateBaselines({ train, test, activities: syntheticActivities, seed: 1, ...changes });
  return new Map([...results].map(({ name, evaluation }) => [name, evaluation]));
}

/** The same windows without their third channel. */
function flat(windows: WindowedDataset): WindowedDataset {
  return {
    ...windows,
    shape: { length: 100, channels: 2 },
    recordings: windows.recordings.map((recording) => ({
      ...recording,
      channels: ['x', 'y'],
      samples: recording.samples.filter((_, at) => at % 3 < 2),
    })),
  };
}

describe('the baselines', () => {
  const results = evaluate();

  it('are four, the simplest first', () => {
    const names = ['forest', 'forest-orientation-free', 'forest-copies', 'random-kernels'];
    expect([...results.keys()]).toEqual(names);
  });

  it.each([...results])('%s tells the activities of people apart whom it has not seen', (_, evaluation) => {
    expect(evaluation.windows).toBe(test.startOf.length);
    expect(evaluation.classes.map(({ name }) => name)).toEqual(syntheticActivities);
    expect(evaluation.weightedF1).toBeGreaterThan(0.6);
    expect(evaluation.intervals).toMatchObject({ kind: 'people', people: 3 });
  });

  it('have the same figures for the same seed, and others for another, whichever of them run', () => {
    for (const name of results.keys()) {
      const alone = evaluate({ names: [name] });
      expect([...alone]).toEqual([[name, results.get(name)]]);
      expect(evaluate({ names: [name], seed: 2 }).get(name)?.logLoss).not.toBe(results.get(name)?.logLoss);
    }
  });

  it('are the forest alone where the channels are not three axes', () => {
    expect([...evaluate({ train: flat(train), test: flat(test) }).keys()]).toEqual(['forest']);
    expect(skippedBaselines({ channels: 2 })).toEqual(['forest-orientation-free', 'forest-copies', 'random-kernels']);
    expect(skippedBaselines({ channels: 3 })).toEqual([]);
  });

  it('refuse windows without labels, with labels of other activities, and with other channels', () => {
    expect(() => evaluate({ train: slideWindows(recordings, plan) })).toThrow(
      /baselines: train: expected windows with labels of 6 activities, found \d+ windows without labels/,
    );
    expect(() => evaluate({ activities: ['a', 'b'] })).toThrow(
      'baselines: train: expected windows with labels of 2 activities, found',
    );
    expect(() => evaluate({ test: flat(test) })).toThrow(
      'baselines: test: expected 3 channels, as many as in train, found 2',
    );
  });
});
