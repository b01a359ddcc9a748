import { expect, test } from 'vitest';
import { medianInterval, unbrokenStretches } from './stretches.js';

const times = (...intervals: number[]): Float64Array => {
  let time = 0;
  return Float64Array.from([0, ...intervals], (interval) => (time += interval));
};

test('an even clock is one stretch', () => {
  expect(unbrokenStretches(times(0.05, 0.05, 0.05))).toEqual([{ first: 0, end: 4 }]);
});

test('three lost samples are bridged, four are a gap', () => {
  const tick = 0.1;
  expect(unbrokenStretches(times(tick, tick, 3.99 * tick, tick, tick))).toHaveLength(1);
  expect(unbrokenStretches(times(tick, tick, 5 * tick, tick, tick))).toEqual([
    { first: 0, end: 3 },
    { first: 3, end: 6 },
  ]);
});

test('a fast clock that delivers in bursts is not cut below a tenth of a second', () => {
  expect(unbrokenStretches(times(0.005, 0.005, 0.09, 0.005, 0.005))).toHaveLength(1);
  expect(unbrokenStretches(times(0.005, 0.005, 0.11, 0.005, 0.005))).toHaveLength(2);
});

test('a clock of two alternating intervals is not cut', () => {
  const uneven = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 0.02 : 0.0504));
  expect(unbrokenStretches(times(...uneven))).toHaveLength(1);
});

test('the stretches hold each sample once, in order', () => {
  const clock = times(0.02, 2, 0.02, 0.02, 3, 0.02, 0.02);
  const covered = unbrokenStretches(clock).flatMap(({ first, end }) =>
    Array.from({ length: end - first }, (_, index) => first + index),
  );
  expect(covered).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('no sample, no stretch', () => {
  expect(unbrokenStretches(new Float64Array())).toEqual([]);
});

test('the median interval is the middle one', () => {
  expect(medianInterval(times(1, 5, 2))).toBeCloseTo(2);
  expect(medianInterval(Float64Array.of(3))).toBe(0);
});
