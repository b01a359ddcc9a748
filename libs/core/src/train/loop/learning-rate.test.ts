import { expect, it } from 'vitest';
import { halvedEvery } from './learning-rate.js';

it('is halved after the 15th epoch, and after the 30th again', () => {
  const rates = [1, 15, 16, 30, 31].map((epoch) => halvedEvery(15)(0.4, epoch));
  expect(rates).toEqual([0.4, 0.4, 0.2, 0.2, 0.1]);
});
