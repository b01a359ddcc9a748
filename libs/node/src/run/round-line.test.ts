import { expect, it } from 'vitest';
import { sampleRun } from '../testing/sample-run.js';
import { roundLineSchema } from './round-line.js';

it('a round after which the coordinator trained can be read back', () => {
  const after = { client: 'coordinator', outcome: 'answered', examples: 60, summary: { windows: 60, loss: 1 } };
  for (const line of sampleRun().rounds) {
    expect(roundLineSchema.parse({ ...line, after })).toEqual({ ...line, after });
  }
});
