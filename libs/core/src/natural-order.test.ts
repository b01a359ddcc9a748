import { expect, it } from 'vitest';
import { inNaturalOrder } from './natural-order.js';

it('numbers in names count as numbers', () => {
  expect(inNaturalOrder(['1', '14', '19', '23', '6'])).toEqual(['1', '6', '14', '19', '23']);
  expect(inNaturalOrder(new Set(['ward-10', 'ann', 'ward-9', 'Ben']))).toEqual(['ann', 'Ben', 'ward-9', 'ward-10']);
});
