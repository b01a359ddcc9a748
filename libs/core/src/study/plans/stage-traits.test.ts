import { expect, it } from 'vitest';
import { cohortSize } from './stage-traits.js';

it('a round aims at all, at so many, or at a share of those who are there', () => {
  expect(cohortSize('all', 7)).toBe(7);
  expect(cohortSize(3, 7)).toBe(3);
  expect(cohortSize(9, 7)).toBe(7);
  expect(cohortSize({ share: 0.5 }, 7)).toBe(4);
  expect(cohortSize({ share: 0.07 }, 100)).toBe(7);
  expect(cohortSize({ share: 0.1 }, 3)).toBe(1);
  expect(cohortSize({ share: 0.1 }, 0)).toBe(0);
});
