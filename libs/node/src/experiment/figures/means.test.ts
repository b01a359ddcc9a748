import { describe, expect, it } from 'vitest';
import { finishedCells, sampleExperiment } from '../../testing/sample-experiment.js';
import { remainingSeconds } from '../run-experiment.js';
import { experimentTable } from './experiment-results.js';
import { intervalSourceOf, meansOf } from './means.js';

// Cells: selfhar and central at 10, at 100 with seed 1, then the same with seed 2.
const f1 = [0.5, 0.25, 0.75, 0.5, 0.7, 0.35, 0.85, 0.4];
const without = finishedCells(sampleExperiment, (index) => ({ weightedF1: f1[index]!, macroF1: 0.5, accuracy: 1 }));
const within = finishedCells(sampleExperiment, (index) => {
  const interval = { low: f1[index]! - 0.1, high: f1[index]! + 0.05 };
  const figures = { weightedF1: f1[index]!, macroF1: 0.5, accuracy: 1 };
  return { ...figures, intervals: { weightedF1: interval, macroF1: interval, accuracy: interval } };
});

describe('means over the cells', () => {
  it('stand for each label budget and method, from the lowest cell to the highest', () => {
    expect(intervalSourceOf(without)).toBe('cells');
    const means = meansOf(sampleExperiment, without, 'weightedF1');
    expect(means.map(({ method, windowsPerClass, cells }) => [method, windowsPerClass, cells])).toEqual([
      ['selfhar', 10, 2],
      ['central', 10, 2],
      ['selfhar', 100, 2],
      ['central', 100, 2],
    ]);
    expect(means[0]!.value).toBeCloseTo(0.6, 12);
    expect(means[3]!.value).toBeCloseTo(0.45, 12);
    expect(means[0]!.interval).toEqual({ low: 0.5, high: 0.7 });
    expect(means.map(({ lowest }) => lowest)).toEqual([0.5, 0.25, 0.75, 0.4]);
    expect(means[3]!.interval).toEqual({ low: 0.4, high: 0.5 });
  });

  it('have the mean of the intervals by people where every cell has one', () => {
    expect(intervalSourceOf(within)).toBe('people');
    const [first] = meansOf(sampleExperiment, within, 'weightedF1');
    expect(first!.interval.low).toBeCloseTo(0.5, 12);
    expect(first!.interval.high).toBeCloseTo(0.65, 12);
    expect(intervalSourceOf([...within, ...without])).toBe('cells');
  });

  it('leave out what has no finished cell', () => {
    const means = meansOf(sampleExperiment, [without[7]!, without[2]!], 'weightedF1');
    expect(means.map(({ method, windowsPerClass, cells }) => [method, windowsPerClass, cells])).toEqual([
      ['selfhar', 100, 1],
      ['central', 100, 1],
    ]);
  });
});

describe('the table', () => {
  it('has a line for each finished cell, by method, label budget and seed, and no times', () => {
    expect(experimentTable(sampleExperiment, without).split('\n')).toEqual([
      'method,windowsPerClass,seed,weightedF1,macroF1,accuracy,weightedF1Low,weightedF1High,macroF1Low,macroF1High,accuracyLow,accuracyHigh,split,cell,clientWeightedF1',
      'selfhar,10,1,0.5,0.5,1,,,,,,,,selfhar-w10-seed1,',
      'selfhar,10,2,0.7,0.5,1,,,,,,,,selfhar-w10-seed2,',
      'selfhar,100,1,0.75,0.5,1,,,,,,,,selfhar-w100-seed1,',
      'selfhar,100,2,0.85,0.5,1,,,,,,,,selfhar-w100-seed2,',
      'central,10,1,0.25,0.5,1,,,,,,,,central-w10-seed1,',
      'central,10,2,0.35,0.5,1,,,,,,,,central-w10-seed2,',
      'central,100,1,0.5,0.5,1,,,,,,,,central-w100-seed1,',
      'central,100,2,0.4,0.5,1,,,,,,,,central-w100-seed2,',
      '',
    ]);
  });

  it('has the intervals where there are some', () => {
    const [, first] = experimentTable(sampleExperiment, within).split('\n');
    expect(first).toBe('selfhar,10,1,0.5,0.5,1,0.4,0.55,0.4,0.55,0.4,0.55,,selfhar-w10-seed1,');
  });
});

describe('the time that is left', () => {
  it('is what the cells so far took, for as many as are open', () => {
    // Two side by side: four cells ended in 60 s, so six more take 90 s.
    expect(remainingSeconds({ seconds: 60, ended: 4, open: 6 })).toBe(90);
  });
});
