/** NumPy's NPY files (NEP 1, versions 1 to 3): one array, or one table of named fields. */

import { InvalidInput } from '@gaitway/core';
import type { NamedArray } from '@gaitway/core/data';
import { valueCount } from '@gaitway/core/internal';

const MAGIC = '\x93NUMPY';

/** How one kind of values is stored. */
interface Kind {
  readonly bytes: number;
  readonly read: (view: DataView, at: number, isLittle: boolean) => number | string;
}

/** Numbers beyond 2^53, such as nanoseconds since 1970, are rounded to the nearest Float64. */
const kinds: Readonly<Record<string, Kind>> = {
  b1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i2: { bytes: 2, read: (view, at, isLittle) => view.getInt16(at, isLittle) },
  u2: { bytes: 2, read: (view, at, isLittle) => view.getUint16(at, isLittle) },
  i4: { bytes: 4, read: (view, at, isLittle) => view.getInt32(at, isLittle) },
  u4: { bytes: 4, read: (view, at, isLittle) => view.getUint32(at, isLittle) },
  i8: { bytes: 8, read: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)) },
  u8: { bytes: 8, read: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)) },
  f2: { bytes: 2, read: (view, at, isLittle) => halfFloat(view.getUint16(at, isLittle)) },
  f4: { bytes: 4, read: (view, at, isLittle) => view.getFloat32(at, isLittle) },
  f8: { bytes: 8, read: (view, at, isLittle) => view.getFloat64(at, isLittle) },
};

/** A field of a table, or the one of an array, whose name is empty. */
interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly isLittle: boolean;
  /** Where it begins in a row. */
  readonly at: number;
}

/**
 * The array of an NPY file; of a table of named fields, one array for each.
 *
 * @throws InvalidInput when it is no whole NPY file, or has values that are no numbers, truth values or texts.
 */
export function readNpy(bytes: Uint8Array, source: string, name = ''): readonly NamedArray[] {
  const { text, start } = headerOf(bytes, source);
  const refuse = (found: string): never => {
    throw new InvalidInput(source, [{ path: '', message: `expected an array of numbers or texts, found ${found}` }]);
  };
  const written = /'shape': *\(([\d, ]*)\)/.exec(text)?.[1] ?? refuse('no shape');
  const shape = (written.match(/\d+/g) ?? []).map(Number);
  const isByColumn = /'fortran_order': *True/.test(text);
  const fields = fieldsIn(text, refuse);
  const rowBytes = fields.reduce((sum, { kind }) => sum + kind.bytes, 0);
  const count = valueCount(shape);
  if (start + count * rowBytes !== bytes.length) {
    refuse(`${bytes.length - start} bytes in place of ${count * rowBytes}: was the file cut off?`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, count * rowBytes);
  return fields.map((field) => {
    const read = (index: number): number | string => field.kind.read(view, index * rowBytes + field.at, field.isLittle);
    const indexOf = isByColumn ? byColumn(shape) : (index: number): number => index;
    const values = Array.from({ length: count }, (_, index) => read(indexOf(index)));
    const isText = typeof values[0] === 'string';
    const own = [name, field.name].filter((part) => part !== '').join('.');
    return { name: own, shape, values: isText ? (values as string[]) : Float64Array.from(values as number[]) };
  });
}

function headerOf(bytes: Uint8Array, source: string): { readonly text: string; readonly start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isNpy = bytes.length >= 12 && Buffer.from(bytes.subarray(0, 6)).toString('latin1') === MAGIC;
  const [from, length] = !isNpy
    ? [0, 0]
    : view.getUint8(6) === 1
      ? [10, view.getUint16(8, true)]
      : [12, view.getUint32(8, true)];
  if (!isNpy || from + length > bytes.length) {
    throw new InvalidInput(source, [{ path: '', message: 'expected an NPY file, found other bytes' }]);
  }
  return { text: Buffer.from(bytes.subarray(from, from + length)).toString('utf8'), start: from + length };
}

function fieldsIn(text: string, refuse: (found: string) => never): readonly Field[] {
  const single = /'descr': *'([^']*)'/.exec(text)?.[1];
  const described = /'descr': *\[(.*?)\], *'fortran_order'/.exec(text)?.[1] ?? '';
  const named = [...described.matchAll(/\('([^']+)', *'([^']+)'\)/g)].map(([, name = '', type = '']) => ({
    name,
    type,
  }));
  if (single === undefined && (named.length === 0 || named.length !== described.split("('").length - 1)) {
    refuse('fields of fields, or with axes of their own');
  }
  let at = 0;
  return (single === undefined ? named : [{ name: '', type: single }]).map(({ name, type }) => {
    const kind = kinds[type.slice(1)] ?? textKind(type) ?? refuse(`values of the type ${type}`);
    at += kind.bytes;
    return { name, kind, isLittle: !type.startsWith('>'), at: at - kind.bytes };
  });
}

/** Texts of a fixed length, in ASCII (`S`) or in four bytes for each sign (`U`). */
function textKind(type: string): Kind | undefined {
  const [, code, digits] = /^[<>|=]([SU])(\d+)$/.exec(type) ?? [];
  const length = Number(digits);
  const size = code === 'U' ? 4 : 1;
  return code === undefined
    ? undefined
    : {
        bytes: size * length,
        read: (view, at, isLittle) =>
          Array.from({ length }, (_, index) =>
            size === 4 ? view.getUint32(at + 4 * index, isLittle) : view.getUint8(at + index),
          )
            .filter((sign) => sign > 0)
            .map((sign) => String.fromCodePoint(sign))
            .join(''),
      };
}

/** Where the value of a row-major index lies in an array in which the first index changes fastest. */
function byColumn(shape: readonly number[]): (index: number) => number {
  return (index) => {
    let [rest, place] = [index, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] ?? 1;
      place += (rest % length) * valueCount(shape.slice(0, axis));
      rest = Math.floor(rest / length);
    }
    return place;
  };
}

/** A number of IEEE 754's 16 bits. */
function halfFloat(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) {
    return fraction > 0 ? Number.NaN : sign * Infinity;
  }
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
