/** Files that hold arrays in place of text, told by the endings of their names. */

import { InvalidInput } from '@gaitway/core';
import type { NamedArray } from '@gaitway/core/data';
import { readMat } from './mat.js';
import { readNpy } from './npy.js';
import { readNpz } from './npz.js';
import { readParquet } from './parquet.js';

/** Reads the arrays of a whole file. */
type ArrayReader = (bytes: Uint8Array, source: string) => readonly NamedArray[] | Promise<readonly NamedArray[]>;

const readers: Readonly<Record<string, ArrayReader>> = {
  npy: readNpy,
  npz: readNpz,
  mat: readMat,
  parquet: readParquet,
};

/** Such files are read as a whole. */
const LARGEST_BYTES = 2 ** 31;

/** The reader of a file; undefined where its name does not say that it holds arrays. */
export function arrayReader(path: string): ArrayReader | undefined {
  const [, ending = ''] = /\.([^./]+)(?:\.gz)?$/i.exec(path) ?? [];
  const read = readers[ending.toLowerCase()];
  return (
    read &&
    ((bytes, source) => {
      if (bytes.length > LARGEST_BYTES) {
        const message = `expected a file of at most 2 GB, which is read as a whole, found ${bytes.length} bytes`;
        throw new InvalidInput(source, [{ path: '', message }]);
      }
      return read(bytes, source);
    })
  );
}
