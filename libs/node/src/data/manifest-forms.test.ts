/** Each example of docs/data.md reads files of its form; what is wrong with such files is refused or told. */

import { createRng, parseStudy, type RawRecording, type SensorPlan } from '@gaitway/core';
import { recordingsFor } from '@gaitway/core/study';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ACCELERATION, arrayFile } from '../testing/containers/array-files.js';
import { collect } from '../testing/collect.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readDataFolder } from './data-folder.js';
import { inspectDataFolder } from './inspect-data-folder.js';

const page = await readFile(fileURLToPath(new URL('../../../../docs/data.md', import.meta.url)), 'utf8');

/** The manifest of that name on the page. */
function manifestOf(name: string): string {
  const [, text] = new RegExp(`\`\`\`yaml ${name}\\n(.*?)\`\`\``, 's').exec(page) ?? [];
  expect(text, name).toBeDefined();
  return text ?? '';
}

type Files = Readonly<Record<string, string | Uint8Array>>;

async function read(name: string, files: Files, change = (text: string) => text): Promise<readonly RawRecording[]> {
  const folder = await temporaryFolder({ 'gaitway.yaml': change(manifestOf(name)), ...files });
  return collect(readDataFolder(folder));
}

async function refusal(name: string, files: Files, change = (text: string) => text): Promise<string> {
  return read(name, files, change).then(
    () => 'read',
    (error: unknown) => (error as Error).message,
  );
}

const SAMPLES = Float32Array.from(ACCELERATION.flat());
const LABELS = Uint8Array.from({ length: 20 }, (_, row) => (row < 10 ? 0 : 1));
const lines = ACCELERATION.map((row) => row.join(','));

test('every example of the page is tested here', () => {
  const names = [...page.matchAll(/```yaml (\S+)/g)].map(([, name]) => name);
  expect(names).toEqual(['segments', 'exceptions', 'json', 'npz', 'parquet', 'mat', 'windows']);
});

describe('JSON', () => {
  const rows = ACCELERATION.flatMap(([x, y, z], at) => [
    { sensor: 'Gyroscope', time: String(1698501144401833200n + 20000000n * BigInt(at)), roll: at },
    { sensor: 'TotalAcceleration', time: String(1698501144401833200n + 20000000n * BigInt(at)), x, y, z },
  ]);
  const metric = Float32Array.from(ACCELERATION.flat(), (value) => value / 9.80665);

  test.each([
    ['one list', JSON.stringify(rows)],
    ['a list in lines', JSON.stringify(rows, undefined, 2)],
    ['objects in lines of their own', rows.map((row) => `${JSON.stringify(row)}\n`).join('')],
  ])('%s', async (_, text) => {
    const [recording, ...others] = await read('json', { 'ann.json': text });
    expect(others).toEqual([]);
    expect(recording?.subject).toBe('ann');
    expect(recording?.samples.every((value, at) => Math.abs(value - metric[at]!) < 1e-7)).toBe(true);
    expect(recording && 'seconds' in recording.timing && recording.timing.seconds[1]).toBe(1698501144.4218333);
  });

  test('objects and lists within, and braces and quotes in texts', async () => {
    const text = ACCELERATION.map(([x, y, z], at) =>
      JSON.stringify({ note: `"}{\\${at}`, values: { x }, other: [y, { z: String(z) }] }),
    ).join('\n');
    const manifest = (written: string): string =>
      written
        .replace(/where.*\ntime.*/, 'rateHz: 50')
        .replace('m/s^2', 'g')
        .replace('.json', '.ndjson')
        .replace('{ x: x, y: y, z: z }', '{ x: values.x, y: other.1, z: other.2.z }');
    const [recording] = await read('json', { 'ann.ndjson': text }, manifest);
    expect(recording?.samples).toEqual(SAMPLES);
  });

  test('is refused where it is cut off, no JSON, or lacks a column or its rows', async () => {
    const text = JSON.stringify(rows);
    expect(await refusal('json', { 'ann.json': text.slice(0, 700) })).toContain('does not end: was the file cut off?');
    expect(await refusal('json', { 'ann.json': text.slice(0, -1) })).toContain('a list that does not end');
    expect(await refusal('json', { 'ann.json': 'time,x\n' })).toBe(
      'ann.json: line 1: expected JSON objects, found "t"',
    );
    expect(await refusal('json', { 'ann.json': '[\n{ x: 1 }]' })).toBe(
      'ann.json: line 2: expected JSON objects, found an object that is no valid JSON',
    );
    expect(await refusal('json', { 'ann.json': '[]' })).toBe('ann.json: expected JSON objects, found none');
    expect(await refusal('json', { 'ann.json': text.replaceAll('"z"', '"Z"') })).toContain('expected a column "x"');
    expect(await refusal('json', { 'ann.json': text.replaceAll('"TotalA', '"a') })).toContain(
      'expected rows with sensor: TotalAcceleration (where in gaitway.yaml), found none',
    );
    expect(await refusal('json', { 'ann.json': JSON.stringify({ rows: rows.map(({ time }) => time) }) })).toContain(
      'expected',
    );
    const missing = rows.map((row, at) => (at === 5 ? { ...row, y: null } : row));
    expect(await refusal('json', { 'ann.json': missing.map((row) => JSON.stringify(row)).join('\n') })).toContain(
      'ann.json: line 6, column "y": expected a number, found an empty cell',
    );
  });
});

describe('arrays', () => {
  test('of NPZ files, with times, activities and the person', async () => {
    const [recording, ...others] = await read('npz', { 'walk.npz': arrayFile('npz') });
    expect(others).toEqual([]);
    expect(recording).toMatchObject({
      ...{ subject: 'ann', source: 'walk.npz', samples: SAMPLES },
      labels: { names: ['walk', 'sit'], ofSample: LABELS },
      timing: { seconds: Float64Array.from({ length: 20 }, (_, row) => (20 * row) / 1000) },
    });
  });

  test('of NPY files, by numbers or names of columns', async () => {
    const numbered = (text: string): string =>
      text
        .replace('*.npz', '{person}.npy')
        .replace(/person: \{.*\n|activity.*\n/g, '')
        .replace(/time.*/, 'rateHz: 50')
        .replace('acc.1', '1')
        .replace('acc.2', '2')
        .replace('acc.3', '3');
    expect(await read('npz', { 'ann.npy': arrayFile('npyFloat64') }, numbered)).toMatchObject([
      { subject: 'ann', samples: SAMPLES, timing: { rateHz: 50 } },
    ]);
    const named = (text: string): string =>
      text.replace('*.npz', '*.npy').replace(/acc\.\d/g, (at) => 'xyz'[+at[4]! - 1]!);
    expect(await read('npz', { 'a.npy': arrayFile('npyTable') }, named)).toMatchObject([
      { subject: 'ann', samples: SAMPLES, labels: { names: ['walk', 'sit'] } },
    ]);
  });

  test('of Parquet files, whose times are dates', async () => {
    const [recording] = await read('parquet', { 'a.parquet': arrayFile('parquetSnappy') });
    expect(recording).toMatchObject({ subject: 'ann', samples: SAMPLES, labels: { names: ['walk', 'sit'] } });
    expect([...(recording?.labels?.ofSample.subarray(13) ?? [])]).toEqual([1, 1, 255, 255, 255, 255, 255]);
    const seconds = recording && 'seconds' in recording.timing ? recording.timing.seconds : [];
    expect((seconds[19] ?? 0) - (seconds[0] ?? 0)).toBeCloseTo(0.38, 6);
    const inSeconds = (text: string): string => text.replace('iso', 's');
    expect(await refusal('parquet', { 'a.parquet': arrayFile('parquetSnappy') }, inSeconds)).toContain(
      'write unit: iso',
    );
  });

  test('of MATLAB files', async () => {
    expect(await read('mat', { '3/a1t2.mat': arrayFile('matUscHad') })).toMatchObject([
      { subject: '3', samples: SAMPLES, labels: { names: ['walking-forward'] } },
    ]);
  });

  test('are refused where a column is missing, or arrays have other lengths', async () => {
    const wrong = (text: string): string => text.replace('acc.3', 'acc.4');
    expect(await refusal('npz', { 'a.npz': arrayFile('npz') }, wrong)).toBe(
      'a.npz: expected a column "acc.4", found the columns acc.1, acc.2, acc.3, t, label, who',
    );
    const uneven = (text: string): string => text.replace('sensor_readings.3', 'small.1');
    const all = (text: string): string =>
      uneven(text)
        .replace('activity: { column: activity }\n', '')
        .replace(/sensor_readings/g, 'walk.acc');
    expect(await refusal('mat', { '3/a1t2.mat': arrayFile('matStructures') }, all)).toBe(
      '3/a1t2.mat: expected arrays with the same number of rows, found walk.acc [20, 3], small [2, 2]',
    );
  });
});

describe('segments by times', () => {
  const file = `t,x,y,z\n${lines.map((row, at) => `2024-01-31T12:30:${String(at).padStart(2, '0')}Z,${row}`).join('\n')}\n`;
  const labels = (rows: string): Files => ({ 'ann/one.csv': file, 'labels.csv': `file,what,begin,end\n${rows}` });
  const walk = 'one,1,2024-01-31T13:30:02+01:00,2024-01-31T12:30:05Z\n';
  const sit = 'one,2,2024-01-31 12:30:05,2024-01-31 12:30:08\n';

  test('label the rows between them, the last time left out', async () => {
    const [recording] = await read('segments', labels(sit + walk));
    expect(recording?.labels).toEqual({
      names: ['walking', 'sitting'],
      ofSample: Uint8Array.from({ length: 20 }, (_, at) => (at < 2 || at > 7 ? 255 : at < 5 ? 0 : 1)),
    });
    const included = (text: string): string =>
      text.replace('unit: iso }\nactivity', 'unit: iso, last: included }\nactivity');
    const [again] = await read('segments', labels(walk), included);
    expect([...(again?.labels?.ofSample.subarray(0, 7) ?? [])]).toEqual([255, 255, 0, 0, 0, 0, 255]);
  });

  test('are counted from the beginning of recordings that have a rate', async () => {
    const manifest = (text: string): string =>
      text.replace(/time.*/, 'rateHz: 2').replace('unit: iso }\nactivity', 'unit: s }\nactivity');
    const [recording] = await read('segments', labels('one,1,0,1.5\none,2,3,4\n'), manifest);
    const ofSample = [0, 0, 0, 255, 255, 255, 1, 1, 255];
    expect([...(recording?.labels?.ofSample.subarray(0, 9) ?? [])]).toEqual(ofSample);
  });

  test('are refused where they overlap, go back, or are at no time of the recording', async () => {
    const later = 'one,1,2024-02-01T12:30:02Z,2024-02-01T12:30:05Z\n';
    expect(await refusal('segments', labels(later))).toContain(
      'line 2: expected segments at the times of the recording, found none: are unit and origin of both the same?',
    );
    expect(await refusal('segments', labels(walk + walk.replace('05Z', '04Z')))).toContain(
      'found one that overlaps it',
    );
    expect(await refusal('segments', labels(sit.replace('08', '05')))).toContain(
      'line 2, column "begin": expected times',
    );
    const told = await inspectDataFolder(
      await temporaryFolder({ 'gaitway.yaml': manifestOf('segments'), ...labels(walk + later) }),
      { plan: { rateHz: 1, window: 4, step: 4 } },
    );
    expect(told.suspects.filter(({ kind }) => kind !== 'rate')).toMatchObject([
      { kind: 'missing-label', reason: 'has no row at the times of 1 of its segments, in line 3 of labels.csv' },
    ]);
  });

  test('of a recording that is not there are told', async () => {
    const { suspects } = await inspectDataFolder(
      await temporaryFolder({
        'gaitway.yaml': manifestOf('segments'),
        ...labels(`${walk}two,1,2024,2025\n`.replace('2024,2025', '2024-01-31T12:30:02Z,2024-01-31T12:30:05Z')),
      }),
      { plan: { rateHz: 1, window: 4, step: 4 } },
    );
    expect(suspects.filter(({ kind }) => kind !== 'rate')).toMatchObject([
      {
        kind: 'absent-recording',
        source: 'files',
        reason: 'line 3 of labels.csv is of a recording of which there is no file: are all recordings there?',
      },
    ]);
  });
});

describe('exceptions', () => {
  const rng = createRng(1);
  const rows = Array.from({ length: 8 }, () => [rng.normal(), 1 + rng.normal(), rng.normal()]);
  const text = (names: string, scale: readonly number[]): string =>
    `${names}\n${rows.map((row) => row.map((value, at) => value * (scale[at] ?? 1)).join(',')).join('\n')}\n`;

  test('give single files another unit, rate or names of columns, and single channels another unit', async () => {
    const recordings = await read('exceptions', {
      'ann.csv': text('x,y,z', [1, 1, 1]),
      'bob.csv': text('acc_x,acc_y,acc_z', [9.80665, 9.80665, 9.80665]),
      'cem.csv': text('x,y,z', [1, 1, 1000]),
    });
    const expected = rows.flat();
    for (const { samples } of recordings) {
      expect(samples.every((value, at) => Math.abs(value - expected[at]!) < 1e-6)).toBe(true);
    }
    expect(recordings.map(({ subject, timing }) => [subject, timing])).toEqual([
      ['ann', { rateHz: 50 }],
      ['bob', { rateHz: 50 }],
      ['cem', { rateHz: 100 }],
    ]);
  });

  test('are refused where they leave a manifest that is wrong', async () => {
    const change = (text_: string): string => text_.replace('rateHz: 100, units: { z: mg }', 'units: { w: mg }');
    expect(await refusal('exceptions', { 'ann.csv': '' }, change)).toContain(
      'exceptions[1].units: expected names of channels, found w',
    );
  });
});

describe('windows that are already cut', () => {
  const files = { 'data.npz': arrayFile('npzWindows') };
  const study = (window: number, rateHz: number): SensorPlan => {
    const written = { ...{ name: 'a', seed: 1, activities: ['walking', 'standing'] }, stages: 'few-people' };
    const sensors = { channels: ['x', 'y', 'z'], rateHz: 50, window: 64, step: 64 };
    const people = { test: ['1'], labelled: ['3'], clients: 'rest' };
    return { ...parseStudy({ ...written, sensors, people }).sensors, window, rateHz };
  };

  test('are a recording for each person, and each becomes one window', async () => {
    const recordings = await read('windows', files);
    expect(recordings.map(({ subject, labels }) => [subject, labels])).toEqual([
      ['1', { names: ['standing'], ofSample: new Uint8Array(8) }],
      ['3', { names: ['walking'], ofSample: new Uint8Array(4) }],
    ]);
    expect(recordings[1]?.samples).toEqual(Float32Array.from({ length: 12 }, (_, at) => (24 + at) / 64));
    const pieces = recordings.flatMap((recording) => recordingsFor(study(4, 50), recording));
    expect(pieces.map(({ samples }) => samples.length)).toEqual([12, 12, 12]);
  });

  test('are refused by a study with other windows or another rate', async () => {
    const [recording] = await read('windows', files);
    for (const [window, rateHz] of [
      [8, 50],
      [4, 25],
      [2, 50],
    ] as const) {
      expect(() => recordingsFor(study(window, rateHz), recording!)).toThrow(
        `data.npz: 1: sensors: expected a study with window: 4 and rateHz: 50, as these windows were cut; found window: ${window} and rateHz: ${rateHz}`,
      );
    }
  });

  test('may have their channels before their times', async () => {
    const change = (text: string): string =>
      text.replace('length: 4,', "length: 3, axes: 'window, channel, time',").replace('z: 3', 'z: 3, w: 4');
    const [first] = await read('windows', files, change);
    expect([...(first?.samples.subarray(0, 8) ?? [])].map((value) => 64 * value)).toEqual([0, 3, 6, 9, 1, 4, 7, 10]);
  });

  test('are refused where lengths, channels or people do not fit', async () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['length: 4', 'length: 5', 'expected windows of 5 samples and at least 1 channels, found X [3, 4, 3]'],
      ['z: 3', 'z: 4', 'expected windows of 4 samples and at least 4 channels, found X [3, 4, 3]'],
      ['array: y', 'array: Y', 'expected an array "Y", found X [3, 4, 3], y [3], subject [3]'],
      ['array: subject', 'array: X', 'expected one value for each of 3 windows, found X [3, 4, 3]'],
      ['5: standing', '6: standing', 'activity.names: expected one of 1, 6, found "5"'],
      ['file: data.npz, array: X', 'file: X.npy', 'expected files X.npy and those beside it'],
      ['z: 3', 'z: z.npy', 'channels.z: expected a place along the axis of channels'],
    ];
    for (const [before, after, message] of cases) {
      const change = (text: string): string => text.replace(before, after);
      expect(await refusal('windows', files, change), after).toContain(message);
    }
  });
});
