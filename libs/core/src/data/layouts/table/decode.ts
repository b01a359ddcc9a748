/** Turns the bytes of a text file, in whatever encoding, into UTF-8 as they come. */

import { InvalidInput } from '../../../errors.js';

/** The encodings that a manifest can name. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'latin1'] as const;

export type Encoding = (typeof encodings)[number];

/** Byte order marks, which some programs put in front of a text. */
const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * Creates the function that turns the bytes of a file, one piece after the other, into UTF-8 without a byte order mark.
 * A mark decides; without one it is the encoding that is asked for, by default UTF-8.
 *
 * @returns A function that throws InvalidInput for bytes that are not in the encoding.
 */
export function utf8Decoder(
  source: string,
  asked: Encoding = 'utf-8',
): (bytes: Uint8Array, isLast: boolean) => Uint8Array {
  let decode: ((bytes: Uint8Array, isLast: boolean) => Uint8Array) | undefined;
  return (bytes, isLast) => {
    if (decode) {
      return decode(bytes, isLast);
    }
    const [marked, mark] = MARKS.find((entry) => entry[1].every((byte, index) => bytes[index] === byte)) ?? [asked, []];
    decode = marked === 'utf-8' ? checkedUtf8(source) : transcoder(source, marked);
    return decode(bytes.subarray(mark.length), isLast);
  };
}

/** Bytes pass through; they are decoded for the check only where they are not ASCII. */
function checkedUtf8(source: string): (bytes: Uint8Array, isLast: boolean) => Uint8Array {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let mayBeWithinCharacter = false;
  return (bytes, isLast) => {
    const isAscii = allAscii(bytes);
    if (!isAscii || mayBeWithinCharacter) {
      attempt(source, 'UTF-8', () => decoder.decode(bytes, { stream: !isLast }));
    }
    mayBeWithinCharacter = !isAscii;
    return bytes;
  };
}

function allAscii(bytes: Uint8Array): boolean {
  let union = 0;
  let at = 0;
  while (at < bytes.length) {
    union |= bytes[at]!;
    at++;
  }
  return union < 0x80;
}

function transcoder(source: string, encoding: Encoding): (bytes: Uint8Array, isLast: boolean) => Uint8Array {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  return (bytes, isLast) =>
    encoder.encode(attempt(source, encoding.toUpperCase(), () => decoder.decode(bytes, { stream: !isLast })));
}

function attempt(source: string, name: string, decode: () => string): string {
  try {
    return decode();
  } catch {
    throw new InvalidInput(source, [{ path: '', message: `expected text in ${name}, found other bytes` }]);
  }
}

/** Pieces of a file, one after the other. */
export function joinedBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
