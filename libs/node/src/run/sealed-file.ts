/** Plain data with its typed arrays as a file's bytes, by which damage shows. */

import { digestBytes, InvalidInput } from '@gaitway/core';
import { pack, unpack } from '@gaitway/protocol';
import { arraysAsBytes, bytesAsArrays } from './plain-arrays.js';

/** Longer than any first line: a file that is something else is not searched to its end. */
const LONGEST_HEADER = 100;

/**
 * A line with the format and the SHA-256 of what follows, then MessagePack: one after the other.
 *
 * @param format - Changes when an older reader would misread a newer file
 */
export async function seal(format: string, value: unknown): Promise<readonly Uint8Array[]> {
  const content = pack(arraysAsBytes(value));
  return [Buffer.from(`${format} ${await digestBytes(content)}\n`), content];
}

/**
 * What {@link seal} got.
 *
 * @throws InvalidInput when a single bit is not as it was written, or it has another format
 */
export async function unseal(format: string, bytes: Uint8Array, source: string): Promise<unknown> {
  const end = bytes.subarray(0, LONGEST_HEADER).indexOf(0x0a);
  const [found, digest] = new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))).split(' ');
  if (found !== format) {
    throw damaged(source, `expected a file that begins with "${format}", found another beginning`);
  }
  const content = bytes.subarray(end + 1);
  const actual = await digestBytes(content);
  if (actual !== digest) {
    throw damaged(
      source,
      `expected content with the SHA-256 ${digest ?? '?'}, found ${actual}: it was cut short or changed`,
    );
  }
  return bytesAsArrays(unpack(content));
}

function damaged(source: string, message: string): InvalidInput {
  return new InvalidInput(source, [{ path: '', message }]);
}
