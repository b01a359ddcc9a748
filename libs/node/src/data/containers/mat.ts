/** MATLAB's files up to version 7 ("MAT-File Format", The MathWorks, level 5): matrices, texts, cells and structures. */

import { InvalidInput } from '@gaitway/core';
import type { NamedArray } from '@gaitway/core/data';
import { valueCount } from '@gaitway/core/internal';
import { inflateSync } from 'node:zlib';
import { type MatElement, matElements, numbersIn } from './mat-elements.js';

const HEADER_BYTES = 128;
const [MATRIX, COMPRESSED] = [14, 15];
/** Classes of arrays. Numbers are 6 to 15; others are objects, functions and sparse matrices. */
const [CELL, STRUCTURE, TEXT, FIRST_NUMBER, LAST_NUMBER] = [1, 2, 4, 6, 15];
const IS_COMPLEX = 8;
/** Far more than any recording unpacks to, and less than memory. */
const LARGEST_BYTES = 2 ** 31;
/** Structures within structures beyond this are no data. */
const DEEPEST = 20;

/**
 * The arrays of a MATLAB file: `walk.acc` is the field of a structure, `trials.2` the second cell, or the second of a
 * list of structures. Sparse matrices, objects and functions are passed over.
 *
 * @throws InvalidInput when it is no whole file of that form, or one of version 7.3, which is HDF5.
 */
export function readMat(bytes: Uint8Array, source: string): readonly NamedArray[] {
  const isLittle = isLittleEndian(bytes, source);
  const elements = matElements(bytes.subarray(HEADER_BYTES), { source, isLittle });
  return elements.flatMap((element) =>
    element.type === COMPRESSED
      ? matElements(inflated(element.bytes, source), { source, isLittle }).flatMap((inner) =>
          arraysIn(inner, undefined, 0),
        )
      : arraysIn(element, undefined, 0),
  );
}

function isLittleEndian(bytes: Uint8Array, source: string): boolean {
  const text = Buffer.from(bytes.subarray(0, HEADER_BYTES)).toString('latin1');
  const order = text.slice(126, 128);
  if (order !== 'IM' && order !== 'MI') {
    throw new InvalidInput(source, [{ path: '', message: 'expected a MATLAB file, found other bytes' }]);
  }
  if (text.startsWith('MATLAB 7.3')) {
    const message = "expected a MATLAB file of version 7 or earlier, found one of version 7.3: save it with '-v7'";
    throw new InvalidInput(source, [{ path: '', message }]);
  }
  return order === 'IM';
}

function inflated(bytes: Uint8Array, source: string): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: LARGEST_BYTES });
  } catch (error) {
    const message = `expected a whole MATLAB file, found a variable that cannot be unpacked (${(error as Error).message})`;
    throw new InvalidInput(source, [{ path: '', message }]);
  }
}

/** A matrix element, taken apart. */
interface Matrix {
  readonly kind: number;
  readonly isComplex: boolean;
  readonly name: string;
  readonly shape: readonly number[];
  readonly content: readonly MatElement[];
}

/** Undefined for an element that is no matrix, or an empty one. */
function matrixIn({ type, bytes, source, isLittle }: MatElement): Matrix | undefined {
  const parts = type === MATRIX ? matElements(bytes, { source, isLittle }) : [];
  const [flags, dimensions, title, ...content] = parts;
  if (!flags || !dimensions || !title) {
    return undefined;
  }
  const [kind = 0, bits = 0] = isLittle ? flags.bytes : flags.bytes.subarray(2, 4).toReversed();
  const name = Buffer.from(title.bytes).toString('latin1');
  return { kind, isComplex: (bits & IS_COMPLEX) !== 0, name, shape: [...numbersIn(dimensions)], content };
}

/** The arrays in a matrix element; `given` is the name of one within a structure or a cell array. */
function arraysIn(element: MatElement, given: string | undefined, depth: number): readonly NamedArray[] {
  const matrix = depth > DEEPEST ? undefined : matrixIn(element);
  if (!matrix) {
    return [];
  }
  const { kind, shape, content, isComplex } = matrix;
  const name = given ?? matrix.name;
  if (kind === CELL) {
    return cellsIn(content, name, depth);
  }
  if (kind === STRUCTURE) {
    return fieldsIn(content, name, depth);
  }
  if (kind === TEXT) {
    const texts = textsIn(content[0], shape);
    return [{ name, shape: [texts.length], values: texts }];
  }
  const isReal = kind >= FIRST_NUMBER && kind <= LAST_NUMBER && !isComplex;
  return isReal ? [realMatrix(name, shape, content[0])] : [];
}

/** A structure has the length of its names, the names, and its fields; a list of structures, those of each in turn. */
function fieldsIn(
  [length, namesElement, ...values]: readonly MatElement[],
  name: string,
  depth: number,
): readonly NamedArray[] {
  const size = (length && numbersIn(length)[0]) ?? 0;
  const text = Buffer.from(namesElement?.bytes ?? []).toString('latin1');
  const count = size > 0 ? Math.floor(text.length / size) : 0;
  const names = Array.from({ length: count }, (_, index) =>
    text.slice(index * size, (index + 1) * size).replace(/\0[^]*$/, ''),
  );
  const isList = values.length > names.length;
  return values.flatMap((value, index) => {
    const owner = isList ? `${name}.${Math.floor(index / count) + 1}` : name;
    return arraysIn(value, `${owner}.${names[index % count] ?? ''}`, depth + 1);
  });
}

/** Cells of one text each, or of one number each, are an array of them; others have names of their own. */
function cellsIn(content: readonly MatElement[], name: string, depth: number): readonly NamedArray[] {
  const cells = content.map((cell, index) => arraysIn(cell, `${name}.${index + 1}`, depth + 1));
  const values = cells.map((arrays) =>
    arrays.length === 1 && arrays[0]?.values.length === 1 ? arrays[0].values[0] : {},
  );
  const shape = [values.length];
  if (values.length > 1 && values.every((value) => typeof value === 'string')) {
    return [{ name, shape, values }];
  }
  return values.length > 1 && values.every((value) => typeof value === 'number')
    ? [{ name, shape, values }]
    : cells.flat();
}

/** The text of each row. */
function textsIn(element: MatElement | undefined, [rows = 1]: readonly number[]): readonly string[] {
  const codes = element ? [...numbersIn(element)] : [];
  return Array.from({ length: Math.max(1, rows) }, (_, row) =>
    String.fromCodePoint(...codes.filter((_code, index) => index % Math.max(1, rows) === row)).trimEnd(),
  );
}

function realMatrix(name: string, shape: readonly number[], element: MatElement | undefined): NamedArray {
  const byColumn = element ? numbersIn(element) : new Float64Array();
  const count = valueCount(shape);
  if (byColumn.length !== count) {
    const message = `expected ${count} values of ${name}, found ${byColumn.length}`;
    throw new InvalidInput(element?.source ?? name, [{ path: '', message }]);
  }
  const [rows = 1] = shape;
  const width = rows > 0 ? count / rows : 0;
  const values = byColumn.map((_, index) => byColumn[(index % width) * rows + Math.floor(index / width)] ?? 0);
  return { name, shape: shape.length > 2 ? [rows, width] : shape, values };
}
