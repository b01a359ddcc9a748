import { describe, expect, it } from 'vitest';
import type { SensorRecording } from '../data/recording.js';
import { syntheticActivities, syntheticPeople } from '../data/synthetic.js';
import { slideLabelledWindows, slideWindows, type WindowedDataset } from '../data/windows.js';
import { createRng } from '../math/random.js';
import type { Evaluation } from '../metrics/evaluation.js';
import { randomForestBaseline } from './random-forest-baseline.js';

const people = syntheticPeople({ people: 9, secondsPerActivity: 16, rateHz: 25 }, createRng(4));
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
const train = windowsOf((person) => person <= 6);
const test = windowsOf((person) => person > 6);
const evaluate = (seed: number): Evaluation =>
  randomForestBaseline({ train, test, activities: syntheticActivities, seed });

describe('the random forest baseline', () => {
  it('tells the activities of people apart whom it has not seen, and says how surely', () => {
    const evaluation = evaluate(1);
    expect(evaluation.windows).toBe(test.startOf.length);
    expect(evaluation.classes.map(({ name }) => name)).toEqual(syntheticActivities);
    expect(evaluation.weightedF1).toBeGreaterThan(0.6);
    expect(evaluation.intervals).toMatchObject({ kind: 'people', people: 3 });
  });

  it('has the same figures for the same seed, and others for another', () => {
    expect(evaluate(1)).toEqual(evaluate(1));
    expect(evaluate(1).logLoss).not.toBe(evaluate(2).logLoss);
  });

  it('refuses windows without labels, with labels of other activities, and with other channels', () => {
    const activities = syntheticActivities;
    const unlabelled = slideWindows(recordings, plan);
    expect(() => randomForestBaseline({ train: unlabelled, test, activities, seed: 1 })).toThrow(
      /random forest: train: expected windows with labels of 6 activities, found \d+ windows without labels/,
    );
    expect(() => randomForestBaseline({ train, test, activities: ['a', 'b'], seed: 1 })).toThrow(
      'random forest: train: expected windows with labels of 2 activities, found',
    );
    const flat = { ...test, shape: { length: 300, channels: 1 } };
    expect(() => randomForestBaseline({ train, test: flat, activities, seed: 1 })).toThrow(
      'random forest: test: expected 3 channels, as many as in train, found 1',
    );
  });
});
