import { expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { flipTime } from './time-flip.js';

it('time-flip reverses the time steps and keeps each channel in place', () => {
  const into = new Float32Array(6);
  flipTime()(Float32Array.of(1, 10, 2, 20, 3, 30), into, { length: 3, channels: 2 }, createRng(1));
  expect([...into]).toEqual([3, 30, 2, 20, 1, 10]);
});
