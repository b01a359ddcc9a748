/** Files of arrays as NumPy, SciPy, PyArrow and Python's zipfile write them, and what is in them. */

import { readFileSync } from 'node:fs';

const files = JSON.parse(readFileSync(new URL('./vectors/array-files.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>;

/** The bytes of a file. */
export function arrayFile(name: string): Buffer {
  return Buffer.from(files[name] ?? '', 'base64');
}

/** The 20 rows [x, y, z] that all of them hold; every value is a Float32. */
export const ACCELERATION: readonly (readonly number[])[] = Array.from({ length: 20 }, (_, row) => [
  row / 64 - 0.25,
  1 - row / 128,
  (row % 5) / 32,
]);
