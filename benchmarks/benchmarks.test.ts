/** The benchmarks are no part of the suite. The one that takes seconds is run here, so that it keeps up with the code. */

import { expect, it } from 'vitest';
import { aggregate } from './cases/aggregate.js';

it('admits and averages a thousand updates', async () => {
  const { results } = await aggregate.run();
  expect(results.map((result) => result.case)).toEqual(['aggregate/weighted-mean', 'aggregate/memory-growth']);
  expect(results.every(({ value }) => value > 0)).toBe(true);
});
