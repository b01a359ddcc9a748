import { expect, it } from 'vitest';
import { stalenessOf } from './staleness.js';

const summary = { windows: 1, loss: 1 };

it('the staleness of updates is that of those who answered', () => {
  const answered = (staleness: number) =>
    ({ client: 'ann', outcome: 'answered', examples: 1, staleness, summary }) as const;
  const failed = { client: 'ben', outcome: 'failed', reason: 'it left' } as const;
  expect(stalenessOf([answered(0), failed, answered(4), answered(1)])).toEqual({ mean: 5 / 3, most: 4 });
  expect(stalenessOf([failed, { client: 'ann', outcome: 'answered', examples: 1, summary }])).toBeUndefined();
});
