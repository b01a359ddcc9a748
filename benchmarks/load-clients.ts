/**
 * A separate process for benchmarks of federation, with clients that answer every task at once with the same update.
 * Arguments: the coordinator's address, a prefix for names, the number of clients.
 */

import { joinStudy, lowestFloors } from '@gaitway/client';
import { handMade } from '@gaitway/core/testing/hand-made';
import { collectWhole } from '@gaitway/node';

collectWhole();

const [url = '', prefix = '', count = '1'] = process.argv.slice(2);

let delta = new Float32Array();

const participant = handMade(({ stage, round, parameters }) => {
  delta = delta.length === parameters.length ? delta : new Float32Array(parameters.length).fill(1e-3);
  return { kind: 'train', stage, round, delta, examples: 10, summary: { windows: 10, loss: 1 } };
});

await Promise.all(
  Array.from({ length: Number(count) }, (_, index) =>
    joinStudy({
      url,
      client: `${prefix}-${index + 1}`,
      policy: lowestFloors,
      prepare: () => Promise.resolve({ participant, [Symbol.asyncDispose]: () => Promise.resolve() }),
      signal: new AbortController().signal,
      onEvent: () => undefined,
    }),
  ),
);
