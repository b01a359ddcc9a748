import { expect, it } from 'vitest';
import { discounted } from './update-buffer.js';

const update = { client: 'ann', delta: Float32Array.of(1, -2, 0.25), examples: 7 };

it('an update counts less the older its model is', () => {
  // (1 + 3)^-0.5 = 1/2; (1 + 1)^-2 = 1/4.
  expect(discounted(update, 3, 0.5)).toEqual({ ...update, delta: Float32Array.of(0.5, -1, 0.125) });
  expect(discounted(update, 1, 2)).toEqual({ ...update, delta: Float32Array.of(0.25, -0.5, 0.0625) });
  expect(discounted(update, 1, 0.5).delta).toEqual(update.delta.map((value) => value * Math.SQRT1_2));
});

it('an update of the newest model counts whole, and all do with an exponent of 0', () => {
  expect(discounted(update, 0, 0.5)).toBe(update);
  expect(discounted(update, 9, 0)).toBe(update);
});
