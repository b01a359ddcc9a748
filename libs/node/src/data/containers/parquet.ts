/** Apache Parquet, read by hyparquet: each column of a table is an array. */

import { InvalidInput } from '@gaitway/core';
import type { NamedArray } from '@gaitway/core/data';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import * as zlib from 'node:zlib';

/** What Node unpacks, beside what the library does itself: nothing and Snappy. */
const compressors = {
  GZIP: (bytes: Uint8Array): Uint8Array => zlib.gunzipSync(bytes),
  BROTLI: (bytes: Uint8Array): Uint8Array => zlib.brotliDecompressSync(bytes),
  ...('zstdDecompressSync' in zlib && {
    ZSTD: zlib.zstdDecompressSync as (bytes: Uint8Array) => Uint8Array,
  }),
};

/** Times become dates in UTC with all their digits, whatever unit a file keeps them in. */
const parsers = {
  timestampFromMilliseconds: (value: bigint): string => isoText(value, 3),
  timestampFromMicroseconds: (value: bigint): string => isoText(value, 6),
  timestampFromNanoseconds: (value: bigint): string => isoText(value, 9),
};

/** @param digits - Decimals of a second in the value */
function isoText(value: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const fraction = ((value % scale) + scale) % scale;
  const seconds = new Date(Number((value - fraction) / scale) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(fraction).padStart(digits, '0')}Z`;
}

/**
 * The columns of a Parquet file; one that holds lists of the same length everywhere becomes an array [row, place], and a
 * field of a structure has the name `walk.acc`. Missing values are NaN among numbers, and empty among texts.
 *
 * @throws InvalidInput when it is no whole Parquet file, or packed in a way that this Node does not unpack.
 */
export async function readParquet(bytes: Uint8Array, source: string): Promise<readonly NamedArray[]> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  let rows: readonly Record<string, unknown>[];
  try {
    const metadata = parquetMetadata(buffer);
    rows = await parquetReadObjects({ file: buffer, metadata, compressors, parsers });
  } catch (error) {
    const message = `expected a Parquet file, found one that cannot be read: ${(error as Error).message}`;
    throw new InvalidInput(source, [{ path: '', message }]);
  }
  const columns = new Map<string, unknown[]>();
  rows.forEach((row, index) => {
    addCells(columns, { values: row, name: '', index, count: rows.length });
  });
  return [...columns].map(([name, values]) => arrayOf(name, values));
}

/** Sorts the values of a row into columns; those of lists and structures into columns of their own. */
function addCells(
  columns: Map<string, unknown[]>,
  { values, name, index, count }: { values: object; name: string; index: number; count: number },
): void {
  const isList = Array.isArray(values) || ArrayBuffer.isView(values);
  for (const [key, value] of Object.entries(values) as [string, unknown][]) {
    const own = [name, isList ? String(Number(key) + 1) : key].filter((part) => part !== '').join('.');
    if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
      addCells(columns, { values: value, name: own, index, count });
    } else {
      const column = columns.get(own) ?? new Array<unknown>(count).fill(null);
      columns.set(own, column);
      column[index] = value;
    }
  }
}

function arrayOf(name: string, column: readonly unknown[]): NamedArray {
  const isText = column.some((value) => typeof value === 'string' || value instanceof Date);
  const values = isText
    ? column.map((value) => textOf(value))
    : Float64Array.from(column, (value) => (value === null || value === undefined ? Number.NaN : Number(value)));
  return { name, shape: [column.length], values };
}

/** Lists, structures and dates have become columns before. */
function textOf(value: unknown): string {
  if (value instanceof Date) {
    return value.toISOString();
  }
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value) ? `${value as string | number}` : '';
}
