/** The bytes of a file in a zip archive, unpacked piece by piece and never more than its directory says. */

import { InvalidInput } from '@gaitway/core';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type ByteSource, bytesIn, type ZipEntry } from './zip-directory.js';

const HEADER = { signature: 0x04034b50, length: 30 };
const [STORED, DEFLATED] = [0, 8];
/** Recordings are packed to a tenth of their size; what is packed to less than this, and large, is no recording. */
const BOMB = { ratio: 200, bytes: 2 ** 26 };

/**
 * Unpacks a file of an archive. A piece is valid until the next one is asked for.
 *
 * @param source - The file in messages.
 * @param onBytes - Receives the number of packed bytes that have been read.
 * @throws InvalidInput when it is encrypted, packed otherwise than deflated, packed so far that it is no recording, or
 *   damaged.
 */
export async function* entryBytes(
  archive: ByteSource,
  entry: ZipEntry,
  { source, onBytes = () => undefined }: { readonly source: string; readonly onBytes?: (count: number) => void },
): AsyncGenerator<Uint8Array> {
  refuseUnreadable(entry, source);
  const packed = Readable.from(counted(packedBytes(archive, entry, source), onBytes));
  const stream = entry.method === STORED ? packed : inflated(packed);
  let [size, crc] = [0, 0];
  try {
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      size += piece.length;
      if (size > entry.size) {
        refuse(source, `more than the ${entry.size} bytes that its archive says`);
      }
      crc = crc32(piece, crc);
      yield piece;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code?.startsWith('Z_') ? damaged(source) : error;
  } finally {
    packed.destroy();
    stream.destroy();
  }
  if (size !== entry.size || crc !== entry.crc) {
    throw damaged(source);
  }
}

function refuse(source: string, found: string): never {
  throw new InvalidInput(source, [{ path: '', message: `expected a file in a zip archive, found ${found}` }]);
}

function damaged(source: string): InvalidInput {
  return new InvalidInput(source, [
    { path: '', message: 'expected a file in a zip archive, found one that is damaged or was cut off' },
  ]);
}

function refuseUnreadable({ isEncrypted, method, size, packedSize }: ZipEntry, source: string): void {
  if (isEncrypted) {
    refuse(source, 'an encrypted one: unpack it with its password');
  }
  if (method !== STORED && method !== DEFLATED) {
    refuse(source, `one of method ${method}, which is neither stored nor deflated: unpack it, or pack it anew`);
  }
  if (size > BOMB.bytes && size > BOMB.ratio * packedSize) {
    refuse(source, `one that becomes ${Math.round(size / packedSize)} times larger, as no recording does`);
  }
}

/** The packed bytes lie behind a header of the entry's own. */
async function* packedBytes(
  archive: ByteSource,
  { offset, packedSize }: ZipEntry,
  source: string,
): AsyncGenerator<Uint8Array> {
  const header = await bytesIn(archive, offset, offset + HEADER.length);
  if (header.length < HEADER.length || header.readUInt32LE(0) !== HEADER.signature) {
    throw damaged(source);
  }
  const start = offset + HEADER.length + header.readUInt16LE(26) + header.readUInt16LE(28);
  yield* archive.range(start, start + packedSize);
}

async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    onBytes(piece.length);
    yield piece;
  }
}

function inflated(packed: Readable): Readable {
  const inflate = createInflateRaw({ chunkSize: 2 ** 20 });
  packed.on('error', (error) => inflate.destroy(error));
  return packed.pipe(inflate);
}
