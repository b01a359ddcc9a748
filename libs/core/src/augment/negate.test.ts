import { expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { negate } from './negate.js';

it('negate turns the sign of every sample', () => {
  const into = new Float32Array(4);
  negate()(Float32Array.of(1, -2, 0.5, 4), into, { length: 2, channels: 2 }, createRng(1));
  expect([...into]).toEqual([-1, 2, -0.5, -4]);
});
