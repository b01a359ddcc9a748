import { describe, expect, it } from 'vitest';
import { localStepsOf } from './local-steps.js';
import type { LabellingPlan, LocalPlan } from './plan.js';

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

  it('are what the plan says where it counts steps', () => {
    expect(localStepsOf({ ...plan, length: { steps: 7 } })(30)).toBe(7);
  });
});
