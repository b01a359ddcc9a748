/** The bytes of a file of any size, piece by piece, unpacked where it is packed with gzip. */

import { InvalidInput } from '@gaitway/core';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { faultInWords } from './file-fault.js';
import { foundInstead } from './read-file.js';
import type { ByteSource } from './zip-directory.js';

/** Larger pieces are no faster. */
const PIECE_BYTES = 2 ** 20;

/**
 * Reads a file from its beginning to its end. A piece is valid until the next one is asked for.
 *
 * @param source - Name of the file in messages; if it ends with `.gz`, the file is unpacked
 * @param onBytes - Receives the number of bytes of each piece as it lies on the disk
 * @throws InvalidInput when there is no regular file at the path, it cannot be read, or it is no whole gzip file
 */
export async function* bytesOf(
  path: string,
  source: string,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  const found = await foundInstead(path);
  if (found !== undefined) {
    throw new InvalidInput(source, [{ path: '', message: `expected a file, found ${found}` }]);
  }
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
  try {
    let told = 0;
    for await (const piece of gunzipped(file, source)) {
      onBytes(file.bytesRead - told);
      told = file.bytesRead;
      yield piece;
    }
  } finally {
    file.destroy();
  }
}

/**
 * The pieces of a file, unpacked where its name ends with `.gz`.
 *
 * @throws InvalidInput when it cannot be read, or is no whole gzip file
 */
export async function* gunzipped(pieces: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<Uint8Array> {
  const readable = pieces instanceof Readable ? pieces : Readable.from(pieces);
  const stream: Readable = /\.gz$/i.test(source) ? unpacked(readable) : readable;
  try {
    for await (const piece of stream) {
      yield piece as Uint8Array;
    }
  } catch (error) {
    if (error instanceof InvalidInput) {
      throw error;
    }
    throw new InvalidInput(source, [{ path: '', message: `expected a file, but ${readFault(error)}` }]);
  } finally {
    stream.destroy();
  }
}

/** A file of which any part can be read. */
export function fileSource(path: string, size: number): ByteSource {
  return {
    size,
    range: (start, end) =>
      end > start ? createReadStream(path, { start, end: end - 1, highWaterMark: PIECE_BYTES }) : Readable.from([]),
  };
}

function unpacked(file: Readable): Readable {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

function readFault(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') {
    return 'its gzip data end too early: it was cut off';
  }
  return code.startsWith('Z_') ? `it is no valid gzip file (${(error as Error).message})` : faultInWords(error);
}
