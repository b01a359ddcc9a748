/** The directory of a zip archive (PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.5): where each file in it lies. */

import { InvalidInput } from '@gaitway/core';

/** Bytes of which any part can be read. */
export interface ByteSource {
  readonly size: number;
  /** The bytes `start` to `end` - 1, piece by piece. */
  range(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** A file in an archive. */
export interface ZipEntry {
  /** With `/` between its parts. */
  readonly path: string;
  readonly isEncrypted: boolean;
  /** 0 where it is stored as it is, 8 where it is deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its own header begins. */
  readonly offset: number;
}

const END = { signature: 0x06054b50, length: 22, longestComment: 0xffff };
const END_64 = { signature: 0x06064b50, length: 56 };
const LOCATOR_64 = { signature: 0x07064b50, length: 20 };
const HEADER = { signature: 0x02014b50, length: 46 };
/** Stands for a value of 64 bits, which is elsewhere. */
const ELSEWHERE = 0xffffffff;
/** Ten times the directory of a data set of 100,000 files with long names. */
const LARGEST_DIRECTORY = 2 ** 27;

/**
 * Reads the directory of an archive. Folders, hidden files and those that macOS adds are left out.
 *
 * @param source - Name of the archive, for messages.
 * @throws InvalidInput when it is no whole zip archive, for an entry whose path leads out of it, two entries of one path,
 *   and entries that share bytes.
 */
export async function zipDirectory(bytes: ByteSource, source: string): Promise<readonly ZipEntry[]> {
  const { start, length, count } = await findDirectory(bytes, source);
  if (length > LARGEST_DIRECTORY || start + length > bytes.size) {
    refuse(source, `a directory of ${length} bytes`);
  }
  const entries = entriesIn(await bytesIn(bytes, start, start + length), source);
  if (entries.length !== count) {
    refuse(source, `${entries.length} of ${count} entries in its directory`);
  }
  refuseShared(entries, start, source);
  return entries.filter(({ path }) => !path.endsWith('/') && !/(^|\/)(\.|__MACOSX\/)/.test(path));
}

/** All bytes of a range. */
export async function bytesIn(source: ByteSource, start: number, end: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source.range(start, end)) {
    pieces.push(Uint8Array.from(piece));
  }
  return Buffer.concat(pieces);
}

function refuse(source: string, found: string): never {
  throw new InvalidInput(source, [{ path: '', message: `expected a whole zip archive, found ${found}` }]);
}

interface Directory {
  readonly start: number;
  readonly length: number;
  readonly count: number;
}

/** The record at the end of an archive says where its directory is. */
async function findDirectory(bytes: ByteSource, source: string): Promise<Directory> {
  const from = Math.max(0, bytes.size - END.length - END.longestComment - LOCATOR_64.length);
  const tail = await bytesIn(bytes, from, bytes.size);
  let at = tail.length - END.length;
  while (at >= 0 && !isEnd(tail, at)) {
    at--;
  }
  if (at < 0) {
    refuse(source, 'no directory at its end: was it cut off?');
  }
  const locator = at - LOCATOR_64.length;
  return locator >= 0 && tail.readUInt32LE(locator) === LOCATOR_64.signature
    ? findDirectory64(bytes, Number(tail.readBigUInt64LE(locator + 8)), source)
    : { count: tail.readUInt16LE(at + 10), length: tail.readUInt32LE(at + 12), start: tail.readUInt32LE(at + 16) };
}

/** The record ends with a comment of the length that it says. */
function isEnd(tail: Buffer, at: number): boolean {
  return tail.readUInt32LE(at) === END.signature && at + END.length + tail.readUInt16LE(at + 20) === tail.length;
}

async function findDirectory64(bytes: ByteSource, start: number, source: string): Promise<Directory> {
  const end = await bytesIn(bytes, start, Math.min(bytes.size, start + END_64.length));
  if (end.length < END_64.length || end.readUInt32LE(0) !== END_64.signature) {
    refuse(source, 'no directory where its end says');
  }
  const fieldAt = (place: number): number => Number(end.readBigUInt64LE(place));
  return { count: fieldAt(32), length: fieldAt(40), start: fieldAt(48) };
}

function entriesIn(directory: Buffer, source: string): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  const paths = new Set<string>();
  let at = 0;
  while (at + HEADER.length <= directory.length && directory.readUInt32LE(at) === HEADER.signature) {
    const lengths = [28, 30, 32].map((place) => directory.readUInt16LE(at + place));
    const [name = 0, extra = 0, comment = 0] = lengths;
    const entry = entryAt(directory.subarray(at, at + HEADER.length + name + extra), name, source);
    if (paths.has(entry.path)) {
      refuse(source, `"${entry.path}" twice`);
    }
    paths.add(entry.path);
    entries.push(entry);
    at += HEADER.length + name + extra + comment;
  }
  return entries;
}

function entryAt(header: Buffer, nameLength: number, source: string): ZipEntry {
  const flags = header.readUInt16LE(8);
  const extra = header.subarray(HEADER.length + nameLength);
  const [size, packedSize, offset] = wideFields(
    extra,
    [24, 20, 42].map((place) => header.readUInt32LE(place)),
  );
  return {
    path: pathIn(header.subarray(HEADER.length, HEADER.length + nameLength), source),
    isEncrypted: (flags & 1) === 1,
    method: header.readUInt16LE(10),
    crc: header.readUInt32LE(16),
    packedSize: packedSize ?? 0,
    size: size ?? 0,
    offset: offset ?? 0,
  };
}

/** The fields, with those of 64 bits from the extra field 1, which has them in the same order. */
function wideFields(extra: Buffer, fields: readonly number[]): readonly number[] {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) {
    at += 4 + extra.readUInt16LE(at + 2);
  }
  at += 4;
  return fields.map((field) => {
    if (field !== ELSEWHERE || at + 8 > extra.length) {
      return field;
    }
    at += 8;
    return Number(extra.readBigUInt64LE(at - 8));
  });
}

/** Names are in UTF-8 or, in old archives, in a code page of which only ASCII is certain. */
function pathIn(name: Buffer, source: string): string {
  const path = name.toString('utf8').replaceAll('\\', '/');
  if (/^(\/|[A-Za-z]:)|(^|\/)\.\.(\/|$)|\0/.test(path)) {
    const message = `expected paths inside the archive, found ${JSON.stringify(path)}, which leads out of it`;
    throw new InvalidInput(source, [{ path: '', message }]);
  }
  return path.replace(/^(\.\/)+/, '');
}

/** Entries that share bytes make a small archive unpack into any size (Fifield, "A better zip bomb", WOOT 2019). */
function refuseShared(entries: readonly ZipEntry[], end: number, source: string): void {
  const ordered = entries.toSorted((one, other) => one.offset - other.offset);
  ordered.forEach(({ path, offset, packedSize }, index) => {
    if (offset + packedSize > (ordered[index + 1]?.offset ?? end)) {
      refuse(source, `"${path}" in the same bytes as another entry`);
    }
  });
}
