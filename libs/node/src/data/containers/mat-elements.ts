/** The elements that MATLAB's files consist of: a type, a length, and bytes. */

import { InvalidInput } from '@gaitway/core';

/** One element. */
export interface MatElement {
  /** Number of its type. */
  readonly type: number;
  readonly bytes: Uint8Array;
  readonly isLittle: boolean;
  /** The file, for messages. */
  readonly source: string;
}

/**
 * The elements that lie in these bytes, one after the other.
 *
 * @throws InvalidInput where one ends behind the last byte
 */
export function matElements(
  bytes: Uint8Array,
  { source, isLittle }: { readonly source: string; readonly isLittle: boolean },
): readonly MatElement[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const elements: MatElement[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const first = view.getUint32(at, isLittle);
    // Up to four bytes lie in the place of the length, which then shares a word with the type.
    const isSmall = first >>> 16 !== 0;
    const type = isSmall ? first & 0xffff : first;
    const length = isSmall ? first >>> 16 : view.getUint32(at + 4, isLittle);
    const start = isSmall ? at + 4 : at + 8;
    if (start + length > bytes.length) {
      const message = 'expected a whole MATLAB file, found one whose last variable does not end: was it cut off?';
      throw new InvalidInput(source, [{ path: '', message }]);
    }
    elements.push({ type, bytes: bytes.subarray(start, start + length), isLittle, source });
    at = isSmall ? at + 8 : start + paddedLength(type, length);
  }
  return elements;
}

const COMPRESSED = 15;

/** Elements begin at multiples of eight bytes, but for those behind compressed ones. */
function paddedLength(type: number, length: number): number {
  return type === COMPRESSED ? length : Math.ceil(length / 8) * 8;
}

type Read = (view: DataView, at: number, isLittle: boolean) => number;

/** Sizes in bytes, and readers, of the types of numbers. Integers beyond 2^53 are rounded. */
const types: Readonly<Record<number, readonly [number, Read]>> = {
  1: [1, (view, at) => view.getInt8(at)],
  2: [1, (view, at) => view.getUint8(at)],
  3: [2, (view, at, isLittle) => view.getInt16(at, isLittle)],
  4: [2, (view, at, isLittle) => view.getUint16(at, isLittle)],
  5: [4, (view, at, isLittle) => view.getInt32(at, isLittle)],
  6: [4, (view, at, isLittle) => view.getUint32(at, isLittle)],
  7: [4, (view, at, isLittle) => view.getFloat32(at, isLittle)],
  9: [8, (view, at, isLittle) => view.getFloat64(at, isLittle)],
  12: [8, (view, at, isLittle) => Number(view.getBigInt64(at, isLittle))],
  13: [8, (view, at, isLittle) => Number(view.getBigUint64(at, isLittle))],
  16: [1, (view, at) => view.getUint8(at)],
  17: [2, (view, at, isLittle) => view.getUint16(at, isLittle)],
  18: [4, (view, at, isLittle) => view.getUint32(at, isLittle)],
};

/**
 * The numbers in an element, which is stored in the smallest type that holds them.
 *
 * @throws InvalidInput for a type that is no number
 */
export function numbersIn({ type, bytes, isLittle, source }: MatElement): Float64Array {
  const known = types[type];
  if (!known) {
    throw new InvalidInput(source, [{ path: '', message: `expected numbers, found a MATLAB element of type ${type}` }]);
  }
  const [size, read] = known;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float64Array.from({ length: Math.floor(bytes.length / size) }, (_, index) =>
    read(view, index * size, isLittle),
  );
}
