/** Arrays with names, as the files of NumPy, MATLAB and Parquet hold them. */

import { InvalidInput } from '../../../errors.js';

/** An array of numbers or texts. */
export interface NamedArray {
  /** Empty where the file holds one array that has none; `walk.acc` is a field of a structure. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major: the last index changes fastest. */
  readonly values: ArrayLike<number> | readonly string[];
}

/** Number of values in an array of this shape. */
export function valueCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Shape without the axes of length 1 at its ends: MATLAB has no vectors, only rows and columns. */
export function plainShape(shape: readonly number[]): readonly number[] {
  const [first = 1, second = 1] = shape;
  return shape.length === 2 && (first === 1 || second === 1) ? [first * second] : shape;
}

/** The array and its shape as text, for messages: `acc [500, 3]`. */
export function arrayText({ name, shape }: NamedArray): string {
  return `${name === '' ? 'an array' : name} [${shape.join(', ')}]`;
}

/**
 * The array of that name, or the only one where no name is asked for.
 *
 * @throws InvalidInput naming those that the file has.
 */
export function arrayNamed(arrays: readonly NamedArray[], name: string | undefined, source: string): NamedArray {
  const found = name === undefined && arrays.length === 1 ? arrays[0] : arrays.find((array) => array.name === name);
  if (!found) {
    const expected = name === undefined ? 'one array' : `an array "${name}"`;
    const there = arrays.length === 0 ? 'none' : arrays.map(arrayText).join(', ');
    throw new InvalidInput(source, [{ path: '', message: `expected ${expected}, found ${there}` }]);
  }
  return found;
}
