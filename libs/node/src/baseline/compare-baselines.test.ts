import { createRng, syntheticActivities, syntheticPeople } from '@gaitway/core';
import { type BaselineOptions, evaluateBaselines } from '@gaitway/core/baseline';
import { slideLabelledWindows } from '@gaitway/core/data';
import { describe, expect, it } from 'vitest';
import { runBaselines, type TimedBaseline } from './compare-baselines.js';

const people = syntheticPeople({ people: 3, secondsPerActivity: 8, rateHz: 20 }, createRng(1));
const [train, test] = [people.slice(0, 2), people.slice(2)].map((some) =>
  slideLabelledWindows(
    some.map((recording) => ({ ...recording, sampleRateHz: 20 })),
    { length: 40, step: 40 },
    syntheticActivities,
  ),
) as [BaselineOptions['train'], BaselineOptions['test']];
const options = { train, test, activities: syntheticActivities, seed: 1 };
const never = new AbortController().signal;

describe('baselines in a thread', () => {
  it('reach what they reach without one, and say so one by one', async () => {
    const told: TimedBaseline[] = [];
    const results = await runBaselines(options, { signal: never, onResult: (result) => told.push(result) });
    expect(results.map(({ name, evaluation }) => ({ name, evaluation }))).toEqual([...evaluateBaselines(options)]);
    expect(told).toEqual(results);
  });

  it('end when somebody wants them to', async () => {
    const stopped = new AbortController();
    const running = runBaselines(options, {
      signal: stopped.signal,
      onResult: () => {
        stopped.abort(new Error('enough'));
      },
    });
    await expect(running).rejects.toThrow('enough');
    await expect(runBaselines(options, { signal: stopped.signal, onResult: () => undefined })).rejects.toThrow(
      'enough',
    );
  });

  it('fail with what is wrong about their windows', async () => {
    const broken = { ...options, activities: ['sitting'] };
    await expect(runBaselines(broken, { signal: never, onResult: () => undefined })).rejects.toThrow(
      /expected windows with labels of 1 activities/,
    );
  });
});
