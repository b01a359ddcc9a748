import { expect, it } from 'vitest';
import { createTokenBuckets } from './connection-limiter.js';

it('a token bucket can be emptied at once, fills up with time, and never beyond its size', () => {
  let time = 0;
  const buckets = createTokenBuckets({ atOnce: 3, perSecond: 2 }, () => time);
  const takes = (count: number): boolean[] => Array.from({ length: count }, () => buckets.take('ann'));
  expect(takes(4)).toEqual([true, true, true, false]);
  expect(buckets.take('ben')).toBe(true);
  time = 499;
  expect(takes(1)).toEqual([false]);
  time = 500;
  expect(takes(2)).toEqual([true, false]);
  time = 60_000;
  expect(takes(4)).toEqual([true, true, true, false]);
  buckets.restore('ann');
  expect(takes(2)).toEqual([true, false]);
});

it('thirty thousand made-up names do not drop the buckets of clients that come now and then', () => {
  let time = 0;
  const buckets = createTokenBuckets({ atOnce: 1, perSecond: 1 }, () => time);
  let refused = 0;
  for (let index = 0; index < 30_000; index++) {
    time += 1;
    refused += buckets.take(`name-${index}`) ? 0 : 1;
  }
  expect(refused).toBe(0);
  expect(buckets.take('name-29999')).toBe(false);
});
