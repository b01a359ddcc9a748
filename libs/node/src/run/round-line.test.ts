import { expect, it } from 'vitest';
import { sampleRun } from '../testing/sample-run.js';
import { roundLineSchema, stalenessOf } from './round-line.js';

it('a round with clients for which it did not wait can be read back', () => {
  const late = { client: 'eve', outcome: 'late', reason: 'no answer within 30 s' };
  const surplus = { client: 'fay', outcome: 'surplus', reason: '2 answered before it' };
  const line = { ...sampleRun().rounds[0], clients: [late, surplus] };
  expect(roundLineSchema.parse(line)).toEqual(line);
});

it('a round in which a client started over can be read back', () => {
  const summary = { windows: 60, loss: 1, lost: 'damaged' };
  const line = { ...sampleRun().rounds[0], clients: [{ client: 'ann', outcome: 'answered', examples: 60, summary }] };
  expect(roundLineSchema.parse(line)).toEqual(line);
});

it('a round after which the coordinator trained can be read back', () => {
  const after = { client: 'coordinator', outcome: 'answered', examples: 60, summary: { windows: 60, loss: 1 } };
  for (const line of sampleRun().rounds) {
    expect(roundLineSchema.parse({ ...line, after })).toEqual({ ...line, after });
  }
});

it('a round whose updates began from older models can be read back', () => {
  const answered = {
    client: 'eve',
    outcome: 'answered',
    examples: 60,
    staleness: 2,
    summary: { windows: 60, loss: 1 },
  };
  const line = { ...sampleRun().rounds[0], clients: [answered] };
  expect(roundLineSchema.parse(line)).toEqual(line);
});

const summary = { windows: 1, loss: 1 };

it('the staleness of updates is that of those who answered', () => {
  const answered = (staleness: number) =>
    ({ client: 'ann', outcome: 'answered', examples: 1, staleness, summary }) as const;
  const failed = { client: 'ben', outcome: 'failed', reason: 'it left' } as const;
  expect(stalenessOf([answered(0), failed, answered(4), answered(1)])).toEqual({ mean: 5 / 3, most: 4 });
  expect(stalenessOf([failed, { client: 'ann', outcome: 'answered', examples: 1, summary }])).toBeUndefined();
});
