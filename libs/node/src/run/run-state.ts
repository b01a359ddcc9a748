/** All that a run needs to go on after a finished round: what a file in its `state` folder holds. */

import { digestBytes, InvalidInput, parseInput, type Checkpoint } from '@gaitway/core';
import { pack, unpack } from '@gaitway/protocol';
import { z } from 'zod';
import { arraysAsBytes, bytesAsArrays } from './plain-arrays.js';
import { runIdentitySchema, type RunIdentity } from './run-identity.js';
import type { RunResult, Traffic } from './run-result.js';

export interface RunState {
  readonly identity: RunIdentity;
  /** Finished rounds of all stages: that many lines of `rounds.jsonl` count. */
  readonly rounds: number;
  /** So far. */
  readonly traffic: Traffic;
  /** Of the last stage that is finished. */
  readonly model?: RunResult['model'];
  /** Absent before the first round is finished. */
  readonly checkpoint?: Checkpoint;
}

const count = z.int().nonnegative();
const floats = z.instanceof(Float32Array);
const buffer = z.strictObject({
  now: z.number(),
  atWork: z.array(z.strictObject({ client: z.string(), round: count, due: z.number() })),
  models: z.array(
    z.strictObject({
      round: count,
      parameters: floats,
      teacher: z.strictObject({ digest: z.string(), parameters: floats }).exactOptional(),
    }),
  ),
});
const checkpoint = z.strictObject({
  results: z.record(z.string(), floats),
  stage: z.string(),
  round: count,
  carried: z.strictObject({
    server: z.strictObject({ parameters: floats, optimizer: z.unknown() }),
    labelling: floats.optional().transform((values): Float32Array | undefined => values),
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

/** Changes when an older reader would misread a newer file. */
const FORMAT = 'gaitway-state-1';

/** Longer than any first line: a file that is something else is not searched to its end. */
const LONGEST_HEADER = 100;

/** The bytes of a state: a line with the format and the SHA-256 of what follows, then MessagePack. */
export async function encodeState(state: RunState): Promise<Uint8Array> {
  const content = pack(arraysAsBytes(state));
  return Buffer.concat([Buffer.from(`${FORMAT} ${await digestBytes(content)}\n`), content]);
}

/**
 * The state behind a file's bytes.
 *
 * @throws InvalidInput when a single bit of them is not as it was written, or another version wrote them.
 */
export async function decodeState(bytes: Uint8Array, source: string): Promise<RunState> {
  const end = bytes.subarray(0, LONGEST_HEADER).indexOf(0x0a);
  const [format, digest] = new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))).split(' ');
  if (format !== FORMAT) {
    throw damaged(source, `expected a file that begins with "${FORMAT}", found another beginning`);
  }
  const content = bytes.subarray(end + 1);
  const actual = await digestBytes(content);
  if (actual !== digest) {
    throw damaged(
      source,
      `expected content with the SHA-256 ${digest ?? '?'}, found ${actual}: it was cut short or changed`,
    );
  }
  return parseInput(schema, bytesAsArrays(unpack(content)), source);
}

function damaged(source: string, message: string): InvalidInput {
  return new InvalidInput(source, [{ path: '', message }]);
}
