import { InvalidInput } from '@gaitway/core';
import type { NamedArray } from '@gaitway/core/data';
import * as zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ACCELERATION, arrayFile } from '../../testing/containers/array-files.js';
import { arrayReader } from './array-file.js';

async function read(ending: string, name: string | Uint8Array): Promise<ReadonlyMap<string, NamedArray>> {
  const bytes = typeof name === 'string' ? arrayFile(name) : name;
  const arrays = (await arrayReader(`a.${ending}`)?.(bytes, `a.${ending}`)) ?? [];
  return new Map(arrays.map((array) => [array.name, array]));
}

async function refusal(ending: string, bytes: Uint8Array): Promise<string> {
  const error: unknown = await read(ending, bytes).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidInput);
  return (error as Error).message;
}

function valuesOf(array: NamedArray | undefined): readonly (number | string)[] {
  return Array.from<number | string>(array?.values ?? []);
}

const rows = Array.from({ length: 20 }, (_, row) => row);
const labels = rows.map((row) => (row < 10 ? 'walk' : 'sit'));
const ofAxis = (axis: number): Float64Array => Float64Array.from(ACCELERATION, (row) => row[axis] ?? 0);

test('only files whose names say so hold arrays', () => {
  const paths = ['a.csv', 'a.txt', 'npy', 'a.npy', 'b/a.NPZ', 'a.mat', 'a.parquet.gz'];
  expect(paths.filter((path) => arrayReader(path))).toEqual(['a.npy', 'b/a.NPZ', 'a.mat', 'a.parquet.gz']);
});

describe('NumPy’s NPY', () => {
  test.each([
    ['numbers of 64 bits', 'npyFloat64', 1],
    ['numbers by columns', 'npyByColumns', 1],
    ['numbers of 16 bits', 'npyHalf', 1],
    ['integers with the high byte first', 'npyBigEndian', 128],
  ])('%s', async (_, name, factor) => {
    const array = (await read('npy', name)).get('');
    expect(array?.shape).toEqual([20, 3]);
    expect(valuesOf(array)).toEqual(ACCELERATION.flat().map((value) => value * factor));
  });

  test('a table of named fields', async () => {
    const arrays = await read('npy', 'npyTable');
    expect([...arrays.keys()]).toEqual(['t', 'x', 'y', 'z', 'who', 'label']);
    expect(arrays.get('t')?.values).toEqual(Float64Array.from(rows, (row) => 20 * row));
    expect(arrays.get('z')?.values).toEqual(ofAxis(2));
    expect(arrays.get('who')?.values).toEqual(rows.map(() => 'ann'));
    expect(arrays.get('label')?.values).toEqual(labels);
  });

  test('is refused when it is cut off, something else, or of objects', async () => {
    expect(await refusal('npy', arrayFile('npyFloat64').subarray(0, 500))).toContain('was the file cut off?');
    expect(await refusal('npy', arrayFile('npz'))).toBe('a.npy: expected an NPY file, found other bytes');
    const objects = Buffer.from(arrayFile('npyFloat64').toString('latin1').replace('<f8', '|O8'), 'latin1');
    expect(await refusal('npy', objects)).toContain('found values of the type |O8');
  });
});

test('NumPy’s NPZ holds arrays by name', async () => {
  const arrays = await read('npz', 'npz');
  expect([...arrays].map(([name, { shape }]) => [name, shape])).toEqual([
    ['acc', [20, 3]],
    ['t', [20]],
    ['label', [20]],
    ['who', []],
  ]);
  expect(valuesOf(arrays.get('acc'))).toEqual(ACCELERATION.flat());
  expect(arrays.get('label')?.values).toEqual(labels);
  expect(arrays.get('who')?.values).toEqual(['ann']);
  expect(await refusal('npz', arrayFile('zip'))).toBe('a.npz: ann.csv: expected an NPY file');
});

describe('MATLAB’s MAT', () => {
  test('as USC-HAD has it: matrices, texts and cells, compressed', async () => {
    const arrays = await read('mat', 'matUscHad');
    const readings = arrays.get('sensor_readings');
    expect(readings?.shape).toEqual([20, 6]);
    expect(valuesOf(readings)).toEqual(ACCELERATION.flatMap((row) => [...row, ...row.map((value) => 10 * value)]));
    expect(arrays.get('activity')?.values).toEqual(['walking-forward']);
    expect(arrays.get('subject')).toEqual({ name: 'subject', shape: [1], values: ['1'] });
    expect(arrays.get('sensor_orientation')?.values).toEqual(['x forward', 'y left']);
  });

  test('with structures, lists of them, and small integers; complex numbers are passed over', async () => {
    const arrays = await read('mat', 'matStructures');
    expect([...arrays].map(([name, { shape }]) => [name, shape])).toEqual([
      ['walk.acc', [20, 3]],
      ['walk.fs', [1, 1]],
      ['walk.name', [1]],
      ['trials.1.a', [10, 3]],
      ['trials.2.a', [10, 3]],
      ['list.1.b', [1, 1]],
      ['list.2.b', [1, 1]],
      ['small', [2, 2]],
      ['rows', [3]],
    ]);
    expect(valuesOf(arrays.get('walk.acc'))).toEqual(ACCELERATION.flat());
    expect(valuesOf(arrays.get('trials.2.a'))).toEqual(ACCELERATION.slice(10).flat());
    expect(valuesOf(arrays.get('small'))).toEqual([1, 2, 3, 4]);
    expect(arrays.get('rows')?.values).toEqual(['walk', 'sit', 'lie']);
  });

  test('is refused when it is cut off, something else, or HDF5', async () => {
    const bytes = arrayFile('matUscHad');
    expect(await refusal('mat', bytes.subarray(0, 600))).toContain('was it cut off?');
    expect(await refusal('mat', arrayFile('npz'))).toBe('a.mat: expected a MATLAB file, found other bytes');
    const newer = Buffer.concat([Buffer.from('MATLAB 7.3 MAT-file'), bytes.subarray(19)]);
    expect(await refusal('mat', newer)).toContain("found one of version 7.3: save it with '-v7'");
    const broken = Buffer.from(bytes);
    broken.fill(0, 140, 150);
    expect(await refusal('mat', broken)).toContain('found a variable that cannot be unpacked');
  });
});

describe('Parquet', () => {
  const codecs = ['Snappy', 'Gzip', ...('zstdDecompressSync' in zlib ? ['Zstd'] : [])];
  test.each(codecs)('a table packed with %s', async (codec) => {
    const arrays = await read('parquet', `parquet${codec}`);
    expect([...arrays.keys()]).toEqual(['time', 'x', 'y', 'z', 'who', 'label']);
    expect(arrays.get('time')?.values[1]).toBe('2023-10-28T13:52:24.421833200Z');
    expect([0, 1, 2].map((axis) => arrays.get('xyz'[axis] ?? '')?.values)).toEqual([ofAxis(0), ofAxis(1), ofAxis(2)]);
    expect(arrays.get('who')?.values).toEqual(rows.map(() => 'ann'));
    expect(arrays.get('label')?.values).toEqual(labels.map((label, row) => (row >= 15 ? '' : label)));
  });

  test('lists and structures are columns of their own', async () => {
    const arrays = await read('parquet', 'parquetLists');
    expect([...arrays.keys()]).toEqual(['acc.1', 'acc.2', 'acc.3', 'gravity.x']);
    expect(arrays.get('acc.3')?.values).toEqual(ofAxis(2));
  });

  test('is refused when it is cut off or something else', async () => {
    expect(await refusal('parquet', arrayFile('parquetSnappy').subarray(0, 900))).toContain('expected a Parquet file');
    expect(await refusal('parquet', arrayFile('npz'))).toContain('a.parquet: expected a Parquet file');
  });
});
