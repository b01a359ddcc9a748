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
  if (/^MATLAB 7\.3/.test(text)) {
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

/** The arrays in a matrix element; `given` is the name of one within a structure or a cell array. */
function arraysIn(element: MatElement, given: string | undefined, depth: number): readonly NamedArray[] {
  const { source, isLittle } = element;
  const parts =
    element.type === MATRIX && element.bytes.length > 0 ? matElements(element.bytes, { source, isLittle }) : [];
  const [flags, dimensions, title, ...content] = parts;
  if (!flags || !dimensions || !title || depth > DEEPEST) {
    return [];
  }
  const { bytes: flagBytes } = flags;
  const [kind = 0, bits = 0] = isLittle ? flagBytes : [flagBytes[3], flagBytes[2]];
  const name = given ?? Buffer.from(title.bytes).toString('latin1');
  const shape = [...numbersIn(dimensions)];
  if (kind === CELL) {
    return content.flatMap((cell, index) => arraysIn(cell, `${name}.${index + 1}`, depth + 1));
  }
  if (kind === STRUCTURE) {
    return fieldsIn(content, name, depth);
  }
  if (kind === TEXT) {
    return [{ name, shape: [1], values: [textIn(content[0], shape)] }];
  }
  const isReal = (bits & IS_COMPLEX) === 0;
  return kind >= FIRST_NUMBER && kind <= LAST_NUMBER && isReal ? [matrixOf(name, shape, content[0])] : [];
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

function textIn(element: MatElement | undefined, [rows = 1]: readonly number[]): string {
  const codes = element ? [...numbersIn(element)] : [];
  // Texts lie by columns too: of several rows, the first is read.
  return String.fromCodePoint(...codes.filter((_, index) => index % rows === 0)).trimEnd();
}

function matrixOf(name: string, shape: readonly number[], element: MatElement | undefined): NamedArray {
  const byColumn = element ? numbersIn(element) : new Float64Array();
  const count = valueCount(shape);
  if (byColumn.length !== count) {
    const message = `expected ${count} values of ${name}, found ${byColumn.length}`;
    throw new InvalidInput(element?.source ?? name, [{ path: '', message }]);
  }
  const [rows = 1] = shape;
  const rest = rows > 0 ? count / rows : 0;
  const values = new Float64Array(count);
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < rest; place++) {
      values[row * rest + place] = byColumn[place * rows + row] ?? 0;
    }
  }
  return { name, shape: shape.length > 2 ? [rows, rest] : shape, values };
}
