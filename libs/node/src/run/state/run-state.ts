/** Everything that a run needs to continue after a finished round: the content of a file in its `state` folder. */

import { type Checkpoint, InvalidInput } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { z } from 'zod';
import { runIdentitySchema, type RunIdentity } from '../run-identity.js';
import type { RunResult, Traffic } from '../run-result.js';
import { seal, unseal } from '../../files/sealed-file.js';

export interface RunState {
  readonly identity: RunIdentity;
  /** Number of finished rounds of all stages, which is the number of valid lines in `rounds.jsonl`. */
  readonly rounds: number;
  /** Traffic so far. */
  readonly traffic: Traffic;
  /** Model of the last finished stage. */
  readonly model?: RunResult['model'];
  /** Absent before the first round is finished. */
  readonly checkpoint?: Checkpoint;
}

const count = z.int().nonnegative();
const floats = z.instanceof(Float32Array);
const buffer = z.strictObject({
  now: z.number(),
  inProgress: z.array(z.strictObject({ client: z.string(), round: count, due: z.number() })),
  models: z.array(
    z.strictObject({
      round: count,
      parameters: floats,
      teacher: z.strictObject({ digest: z.string(), parameters: floats }).exactOptional(),
    }),
  ),
});
const names = z.array(z.string());
const suspicions = z.strictObject({ suspected: z.array(names), cleared: names, excluded: names });
const checkpoint = z.strictObject({
  results: z.record(z.string(), floats),
  stage: z.string(),
  round: count,
  carried: z.strictObject({
    server: z.strictObject({ parameters: floats, optimizer: z.unknown() }),
    labelling: floats.optional().transform((values): Float32Array | undefined => values),
    counted: z.array(z.tuple([z.string(), count])).exactOptional(),
    suspicions: suspicions.exactOptional(),
    buffer: buffer.exactOptional(),
  }),
  abortedBecause: z.array(z.string()),
});
const schema = z.strictObject({
  identity: runIdentitySchema,
  rounds: count,
  traffic: z.strictObject({ bytesDown: count, bytesUp: count }),
  model: z.strictObject({ path: z.string(), sha256: z.string() }).exactOptional(),
  checkpoint: checkpoint.exactOptional(),
});

/** Every format of a state begins with this. */
const STATE = 'gaitway-state-';
const FORMAT = `${STATE}2`;

/** The bytes of a state, in pieces. */
export function encodeState(state: RunState): Promise<readonly Uint8Array[]> {
  return seal(FORMAT, state);
}

/**
 * The state that a file's bytes encode.
 *
 * @throws InvalidInput when a single bit has changed, or a version of Gaitway with another format wrote them.
 */
export async function decodeState(bytes: Uint8Array, source: string): Promise<RunState> {
  const [found = ''] = new TextDecoder().decode(bytes.subarray(0, STATE.length + 4)).split(' ');
  if (found.startsWith(STATE) && found !== FORMAT) {
    const message = `expected a state in the format "${FORMAT}", found "${found}" of another version: go on with the version of Gaitway that "gaitway logs" names`;
    throw new InvalidInput(source, [{ path: '', message }]);
  }
  return parseInput(schema, await unseal(FORMAT, bytes, source), source);
}
