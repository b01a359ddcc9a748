/** NumPy's NPZ files: a zip archive of NPY files. */

import { InvalidInput } from '@gaitway/core';
import type { NamedArray } from '@gaitway/core/data';
import { type ByteSource, zipDirectory } from '../../files/zip-directory.js';
import { entryBytes } from '../../files/zip-entry.js';
import { readNpy } from './npy.js';

/**
 * The arrays of an NPZ file, each with its name.
 *
 * @throws InvalidInput when it is no whole archive of NPY files.
 */
export async function readNpz(bytes: Uint8Array, source: string): Promise<readonly NamedArray[]> {
  const archive: ByteSource = {
    size: bytes.length,
    range: (start, end) => pieceOf(bytes, start, end),
  };
  const arrays: NamedArray[] = [];
  for (const entry of await zipDirectory(archive, source)) {
    const inside = `${source}: ${entry.path}`;
    if (!entry.path.endsWith('.npy')) {
      throw new InvalidInput(inside, [{ path: '', message: 'expected an NPY file' }]);
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of entryBytes(archive, entry, { source: inside })) {
      pieces.push(Uint8Array.from(piece));
    }
    arrays.push(...readNpy(Buffer.concat(pieces), inside, entry.path.slice(0, -'.npy'.length)));
  }
  return arrays;
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* pieceOf(bytes: Uint8Array, start: number, end: number): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(start, end);
}
