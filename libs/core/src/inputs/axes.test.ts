import { expect, it } from 'vitest';
import { axesOf } from './axes.js';

it.each([
  [
    ['a', 'b', 'c'],
    [0, 1, 2],
  ],
  [
    ['t', 'acc.z', 'acc.x', 'acc.y'],
    [2, 3, 1],
  ],
  [
    ['gyro.x', 'acc.x', 'acc.y', 'acc.z', 'gyro.y', 'gyro.z'],
    [0, 4, 5],
  ],
  [
    ['AccX', 'AccY', 'AccZ', 'heart'],
    [0, 1, 2],
  ],
  [
    ['x', 'y', 'z', 'heart'],
    [0, 1, 2],
  ],
  [['a.x', 'b.y', 'a.z', 'b.z'], undefined],
  [['x', 'y'], undefined],
])('the axes of %j are %j', (channels, axes) => {
  expect(axesOf(channels)).toEqual(axes);
});
