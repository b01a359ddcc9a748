/**
 * A separate process for benchmarks of federation, with clients that answer every task at once with the same update.
 * Arguments: the coordinator's address, a prefix for names, the number of clients, and where it enrols them the folder in
 * which it has its keys.
 */

import { joinStudy, lowestFloors } from '@gaitway/client';
import { handMade } from '@gaitway/core/testing/hand-made';
import { collectWhole } from '@gaitway/node';
import { enrolledIdentity, trusted } from '../tools/load/secured.js';

collectWhole();

const [url = '', prefix = '', count = '1', folder] = process.argv.slice(2);

let delta = new Float32Array();

const participant = handMade(({ stage, round, parameters }) => {
  delta = delta.length === parameters.length ? delta : new Float32Array(parameters.length).fill(1e-3);
  return { kind: 'train', stage, round, delta, examples: 10, summary: { windows: 10, loss: 1 } };
});

const names = Array.from({ length: Number(count) }, (_, index) => `${prefix}-${index + 1}`);

/** All have their codes before the first one joins. */
const memberships = await Promise.all(
  names.map(async (client) => ({
    client,
    ...(folder !== undefined && { ca: trusted, identity: await enrolledIdentity(folder, client) }),
  })),
);

await Promise.all(
  memberships.map((membership) =>
    joinStudy({
      url,
      ...membership,
      policy: lowestFloors,
      prepare: () => Promise.resolve({ participant, [Symbol.asyncDispose]: () => Promise.resolve() }),
      signal: new AbortController().signal,
      onEvent: () => undefined,
    }),
  ),
);
