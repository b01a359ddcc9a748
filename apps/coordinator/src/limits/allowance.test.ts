import { expect, it } from 'vitest';
import { createAllowances } from './allowance.js';

it('an allowance is spent at once, fills up with time, and never beyond its measure', () => {
  let time = 0;
  const allowances = createAllowances({ atOnce: 3, perSecond: 2 }, () => time);
  const takes = (count: number): boolean[] => Array.from({ length: count }, () => allowances.take('ann'));
  expect(takes(4)).toEqual([true, true, true, false]);
  expect(allowances.take('ben')).toBe(true);
  time = 499;
  expect(takes(1)).toEqual([false]);
  time = 500;
  expect(takes(2)).toEqual([true, false]);
  time = 60_000;
  expect(takes(4)).toEqual([true, true, true, false]);
  allowances.restore('ann');
  expect(takes(2)).toEqual([true, false]);
});

it('thirty thousand made-up names do not end the allowances of those who come now and then', () => {
  let time = 0;
  const allowances = createAllowances({ atOnce: 1, perSecond: 1 }, () => time);
  let refused = 0;
  for (let index = 0; index < 30_000; index++) {
    time += 1;
    refused += allowances.take(`name-${index}`) ? 0 : 1;
  }
  expect(refused).toBe(0);
  expect(allowances.take('name-29999')).toBe(false);
});
