import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { threeKinds } from '../../testing/windows.js';
import type { LabellingPlan, LocalPlan } from '../plan.js';
import { exampleCount, makeBatch, localStepsOf, stepsOfAtLeast } from './training-set.js';

const windows = threeKinds(4, createRng('data'), 'labelled');
const set = { windows, transformations: ['negate', 'noise'] } as const;
const rng = createRng('versions');

function row(values: Float32Array, index: number, size: number): number[] {
  return [...values.slice(index * size, (index + 1) * size)];
}

describe('a transformation set', () => {
  it('holds each window and each of its versions', () => {
    expect(exampleCount(set)).toBe(12);
    expect(exampleCount({ windows, transformations: [] })).toBe(4);
  });

  it('numbers the versions of a window one behind the other, the window itself first', () => {
    const { values } = makeBatch(set, Uint32Array.of(3, 4), rng);
    const original = [...windows.recordings[1]!.samples];
    expect(row(values, 0, 48)).toEqual(original);
    expect(row(values, 1, 48)).toEqual(original.map((value) => -value));
  });

  it('asks each head whether its transformation was applied', () => {
    const { targets } = makeBatch(set, Uint32Array.of(6, 7, 8), rng);
    expect([...targets['transformations']!]).toEqual([0, 0, 1, 0, 0, 1]);
  });

  it('keeps the activity of a window in all its versions', () => {
    const { targets } = makeBatch(set, Uint32Array.of(9, 10, 11), rng);
    const label = row(windows.labels!, 3, 3);
    expect([0, 1, 2].map((index) => row(targets['activity']!, index, 3))).toEqual([label, label, label]);
  });

  it('draws a version from its own number, whatever batch it is in', () => {
    const alone = makeBatch(set, Uint32Array.of(5), rng).values;
    const together = makeBatch(set, Uint32Array.of(2, 8, 5), rng).values;
    expect(row(together, 2, 48)).toEqual([...alone]);
    expect(row(together, 0, 48)).not.toEqual([...alone]);
  });

  it('has no activity targets without labels, and no questions without transformations', () => {
    const { labels, ...unlabelled } = windows;
    expect(labels).toBeDefined();
    expect(
      Object.keys(makeBatch({ windows: unlabelled, transformations: ['negate'] }, Uint32Array.of(0), rng).targets),
    ).toEqual(['transformations']);
    expect(Object.keys(makeBatch({ windows, transformations: [] }, Uint32Array.of(0), rng).targets)).toEqual([
      'activity',
    ]);
  });
});

describe('a set of drawn versions', () => {
  const drawn = { windows, transformations: ['negate', 'time-flip'], versions: 'drawn' } as const;
  const versionsIn = (pass: number): readonly string[] => {
    const { values } = makeBatch(drawn, Uint32Array.of(0, 1, 2, 3), createRng('pass').fork(pass));
    return [0, 1, 2, 3].map((window) => {
      const original = [...windows.recordings[window]!.samples];
      return row(values, window, 48).every((value, index) => value === -original[index]!) ? 'negate' : 'time-flip';
    });
  };

  it('holds each window once, with its label and no question', () => {
    expect(exampleCount(drawn)).toBe(4);
    const { targets } = makeBatch(drawn, Uint32Array.of(2, 0), rng);
    expect(targets).toEqual({
      activity: Float32Array.of(...row(windows.labels!, 2, 3), ...row(windows.labels!, 0, 3)),
    });
  });

  it('takes a window through one transformation, drawn anew in each pass', () => {
    const passes = [0, 1, 2, 3, 4, 5].map(versionsIn);
    expect(new Set(passes.flat())).toEqual(new Set(['negate', 'time-flip']));
    expect(new Set(passes.map(String)).size).toBeGreaterThan(1);
    expect(versionsIn(0)).toEqual(passes[0]);
  });
});

describe('weights', () => {
  it('are those of the window, in all its versions, for the activity head alone', () => {
    const { weights } = makeBatch(
      { ...set, weights: Float32Array.of(1, 0.5, 0.25, 0) },
      Uint32Array.of(2, 3, 4, 9),
      rng,
    );
    expect(weights).toEqual({ activity: Float32Array.of(1, 0.5, 0.5, 0) });
    expect(makeBatch(set, Uint32Array.of(0), rng)).not.toHaveProperty('weights');
  });
});

const plan: LocalPlan = {
  objective: { kind: 'supervised' },
  transformations: [],
  length: { epochs: 3 },
  batchSize: 8,
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  trainable: 'all',
};

describe('the steps of a participant', () => {
  it('are its batches, times the epochs', () => {
    // 30 windows: three batches of 8 and one of 6.
    expect(localStepsOf(plan)(30)).toBe(12);
    expect(localStepsOf(plan)(32)).toBe(12);
    expect(localStepsOf(plan)(1)).toBe(3);
  });

  it('count the versions of each window', () => {
    const transformations = ['negate', 'time-flip'] as const;
    const discriminating = { ...plan, transformations, objective: { kind: 'transformation-discrimination' } } as const;
    // 90 examples: 12 batches.
    expect(localStepsOf(discriminating)(30)).toBe(36);
    const consistent = {
      ...plan,
      transformations,
      objective: { kind: 'consistency', labelling: {} as LabellingPlan },
    } as const;
    expect(localStepsOf(consistent)(30)).toBe(12);
  });

  it('can be counted without those that have few examples', () => {
    // 30 windows: three batches of 8 and one of 6, three times.
    expect([6, 7, 8, 9].map((size) => stepsOfAtLeast(plan, size)(30))).toEqual([12, 9, 9, 0]);
    expect(stepsOfAtLeast(plan, 7)(5)).toBe(0);
    expect(stepsOfAtLeast(plan, 5)(5)).toBe(3);
    // The small batch is each pass's fourth.
    const counted = { ...plan, length: { steps: 7 } };
    expect(stepsOfAtLeast(counted, 7)(30)).toBe(6);
    expect(stepsOfAtLeast({ ...counted, batchSize: 1 }, 2)(30)).toBe(0);
  });

  it('are what the plan says where it counts steps', () => {
    expect(localStepsOf({ ...plan, length: { steps: 7 } })(30)).toBe(7);
  });
});
