import { expect, it } from 'vitest';
import { refusalOf } from './policy-floors.js';
import type { Setting } from './setting.js';

const allowed: Setting = {
  convolutions: [{ filters: 4, kernel: 16 }],
  headUnits: 1,
  steps: 8,
  batch: 16,
  learningRate: 1,
};

it('accepts what just reaches every floor', () => {
  expect(refusalOf(allowed, 50)).toBeUndefined();
});

it.each([
  [{ ...allowed, steps: 7 }, 50, 'expected at least 8 steps, found 7'],
  [{ ...allowed, batch: 15 }, 50, 'expected batches of at least 16, found 15'],
  [allowed, 49, 'expected at least 50 windows, found 49'],
  [
    {
      ...allowed,
      convolutions: [
        { filters: 4, kernel: 8 },
        { filters: 4, kernel: 17 },
      ],
    },
    50,
    'expected kernels of at most 16 time steps, found 17',
  ],
])('says which floor a setting is below', (setting, held, reason) => {
  expect(refusalOf(setting, held)).toBe(reason);
});

it('counts windows behind an update once each, however often a step uses them', () => {
  expect(refusalOf({ ...allowed, steps: 1, batch: 1 }, 200)).toBe(
    'expected at least 8 steps, found 1; expected batches of at least 16, found 1; expected at least 50 windows, found 1',
  );
});
