/** The layouts of public data sets and phone loggers read files of the form in which these publish theirs. */

import { createRng, type RawRecording } from '@gaitway/core';
import { publishedManifests } from '@gaitway/core/data';
import { describe, expect, test } from 'vitest';
import { collect } from '../testing/collect.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { ACCELERATION, arrayFile } from '../testing/containers/array-files.js';
import { zipOf } from '../testing/containers/zip-of.js';
import { readDataFolder } from './data-folder.js';
import { inspectDataFolder } from './inspect-data-folder.js';
import { INSPECTION_PLAN } from './inspection.js';

const GRAVITY = 9.80665;

/** Reads files as a data set publishes them: by its name, and without it. */
async function read(name: string, files: Files): Promise<readonly RawRecording[]> {
  const folder = await temporaryFolder(files);
  const found = await inspectDataFolder(folder, { plan: INSPECTION_PLAN });
  expect(found.layout).toBe(name);
  return collect(readDataFolder(folder, { layout: name }));
}

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Samples in m/s^2 with six decimals. */
function samplesOf(count: number, seed: number): readonly (readonly [number, number, number])[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => {
    const [x, y, z] = [0, GRAVITY, 0].map((value) => Number((value + rng.normal()).toFixed(6)));
    return [x ?? 0, y ?? 0, z ?? 0];
  });
}

function inG(samples: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(samples.flat(), (value) => value * (1 / GRAVITY));
}

const ann = samplesOf(125, 1);
const bob = samplesOf(125, 2);

test('every layout has its test here', () => {
  const names = ['uci-har', 'hapt', 'hhar', 'pamap2', 'mobiact', 'unimib-shar', 'usc-had', 'realworld', 'dsads'];
  const others = ['wisdm-2011', 'sensor-logger', 'phyphox'];
  expect(publishedManifests.map(({ name }) => name)).toEqual([...names, ...others]);
});

describe('the layout of', () => {
  test('WISDM 1.1', async () => {
    const rows = (who: number, what: string, samples: typeof ann): string =>
      samples.map((row, at) => `${who},${what},${49105962326000 + 5e7 * at},${row.join(',')};\n`).join('');
    const text = `${rows(33, 'Jogging', ann)}\n33,Jogging,0,1,2,;\n${rows(17, 'Walking', bob)}`;
    const recordings = await read('wisdm-2011', { 'WISDM_ar_v1.1_raw.txt': text });
    expect(recordings).toMatchObject([
      { subject: '33', samples: inG(ann), labels: { names: ['Jogging'] }, timing: { rateHz: 20 } },
      { subject: '17', samples: inG(bob), labels: { names: ['Walking'] } },
    ]);
  });

  test('Daily and Sports Activities', async () => {
    const rest = Array<string>(42).fill('-0.5').join(',');
    const text = ann.map((row) => `${row.join(',')},${rest}\n`).join('');
    const files = { 'data/a01/p1/s01.txt': text, 'data/a01/p1/s02.txt': text, 'data/a12/p8/s60.txt': text };
    const recordings = await read('dsads', files);
    expect(recordings.map(({ subject, labels }) => [subject, labels?.names[0]])).toEqual([
      ['1', 'sitting'],
      ['1', 'sitting'],
      ['8', 'running'],
    ]);
    expect(recordings[2]?.samples).toEqual(inG(ann));
    await expect(read('dsads', { 'data/a20/p1/s01.txt': text })).rejects.toThrow('activity.names: expected one of');
  });

  test('PAMAP2', async () => {
    const other = Array<string>(47).fill('0.5').join(' ');
    const lines = ann.map((row, at) => {
      const activity = at < 60 ? 4 : at < 90 ? 0 : 24;
      return `${(8.38 + at / 100).toFixed(2)} ${activity} NaN 30.375 ${row.join(' ')} ${other}`;
    });
    lines.splice(40, 1, lines[40]!.replace(/30\.375 \S+ \S+ \S+/, 'NaN NaN NaN NaN'));
    const [recording, ...others] = await read('pamap2', { 'Protocol/subject101.dat': `${lines.join('\n')}\n` });
    expect(others).toEqual([]);
    expect(recording).toMatchObject({ subject: '101', labels: { names: ['walking', 'rope jumping'] } });
    expect(recording?.samples).toEqual(inG(ann.filter((_, at) => at !== 40)));
    const ofSample = Array.from({ length: 124 }, (_, at) => (at < 59 ? 0 : at < 89 ? 255 : 1));
    expect([...(recording?.labels?.ofSample ?? [])]).toEqual(ofSample);
  });

  test('HAPT, with its labels in one file', async () => {
    const inUnits = (samples: typeof ann): string =>
      samples.map((row) => ` ${row.map((value) => value.toExponential(16)).join('  ')}\n`).join('');
    const labels = '1 1 5 11 20\n1 1 7 21 25\n1 1 1 31 125\n2 10 6 1 125\n';
    const files = { 'RawData/acc_exp01_user01.txt': inUnits(ann), 'RawData/acc_exp02_user10.txt': inUnits(bob) };
    const others = { 'RawData/gyro_exp01_user01.txt': inUnits(bob), 'RawData/labels.txt': labels };
    const recordings = await read('hapt', { ...files, ...others });
    const label = ({ labels: own }: RawRecording, sample: number): string =>
      own?.names[own.ofSample[sample - 1] ?? 255] ?? '';
    expect(recordings.map(({ subject, samples }) => [subject, samples])).toEqual([
      ['01', Float32Array.from(ann.flat())],
      ['10', Float32Array.from(bob.flat())],
    ]);
    expect([1, 10, 11, 20, 21, 25, 26, 30, 31, 125].map((sample) => label(recordings[0]!, sample))).toEqual([
      ...['', '', 'standing', 'standing', 'stand to sit', 'stand to sit', '', '', 'walking', 'walking'],
    ]);
    expect([1, 125].map((sample) => label(recordings[1]!, sample))).toEqual(['lying', 'lying']);
    for (const [wrong, message] of [
      ['1 1 5 20 11\n', 'line 1, column 4: expected numbers of samples from 1 on, rising, found 20 to 11'],
      ['1 1 5 0 11\n', 'found 0 to 11'],
      ['1 1 5 1 11\n1 1 6 11 20\n', 'line 2: expected a segment that begins behind that of line 1'],
      ['1 1 5 1 126\n', 'line 1: expected segments of at most 125 samples'],
      ['1 1 13 1 11\n', 'activity.names: expected one of 1, 2'],
    ] as const) {
      await expect(read('hapt', { ...files, 'RawData/labels.txt': wrong })).rejects.toThrow(message);
    }
  });

  test('HHAR', async () => {
    const row = (at: number, who: string, device: string, [x, y, z]: readonly number[]): string =>
      `${at},${1424696633908 + 10 * at},${1424696631913248572n + 10000000n * BigInt(at)},${x},${y},${z},${who},nexus4,${device},${at < 100 ? 'stand' : 'null'}\n`;
    const rows = ann.flatMap((sample, at) => [row(at, 'a', 'nexus4_1', sample), row(at, 'a', 'nexus4_2', bob[at]!)]);
    const text = `Index,Arrival_Time,Creation_Time,x,y,z,User,Model,Device,gt\n${rows.join('')}`;
    const recordings = await read('hhar', { 'Phones_accelerometer.csv': text });
    expect(recordings.map(({ subject, samples, labels }) => [subject, samples, labels?.names])).toEqual([
      ['a', inG(ann), ['stand']],
      ['a', inG(bob), ['stand']],
    ]);
    expect(recordings[0]?.labels?.ofSample.filter((label) => label === 255)).toHaveLength(25);
  });

  test('phyphox', async () => {
    const header = [
      'Time (s)',
      'Acceleration x (m/s^2)',
      'Acceleration y (m/s^2)',
      'Acceleration z (m/s^2)',
      'Absolute acceleration (m/s^2)',
    ];
    const rows = ann.map((row, at) => [at / 50, ...row, 9.8].map((value) => value.toExponential(9)).join(','));
    const text = `${header.map((name) => `"${name}"`).join(',')}\n${rows.join('\n')}\n`;
    expect(await read('phyphox', { 'ann/Raw Data.csv': text })).toMatchObject([{ subject: 'ann', samples: inG(ann) }]);
  });

  test('Sensor Logger', async () => {
    const rows = ann.map(
      ([x, y, z], at) => `${1698501144401833200n + 20000000n * BigInt(at)},${at / 50},${z},${y},${x}`,
    );
    const text = `time,seconds_elapsed,z,y,x\n${rows.join('\n')}\n`;
    const folder = 'ann/walk-2023-10-28_13-52-24';
    const files = {
      [`${folder}/TotalAcceleration.csv`]: text.replaceAll('\n', '\r\n'),
      [`${folder}/Gyroscope.csv`]: '',
    };
    const recordings = await read('sensor-logger', files);
    expect(recordings).toMatchObject([{ subject: 'ann', samples: inG(ann), labels: { names: ['walk'] } }]);
  });

  test('phyphox, in the archives that it exports', async () => {
    const text = `"Time (s)","Acceleration x (m/s^2)","Acceleration y (m/s^2)","Acceleration z (m/s^2)"\n${ann
      .map((row, at) => [at / 50, ...row].join(','))
      .join('\n')}\n`;
    const files = { 'ann.zip': zipOf({ 'Raw Data.csv': text, 'meta/device.csv': 'a,b\n' }) };
    expect(await read('phyphox', files)).toMatchObject([{ subject: 'ann', samples: inG(ann) }]);
  });

  test('MobiAct', async () => {
    const row = ([x, y, z]: readonly number[], at: number): string =>
      `${1e15 + 5e6 * at},${at / 200},${x},${y},${z},0,0,0,1,2,3,${at < 100 ? 'STD' : 'STN'}\n`;
    const header = 'timestamp,rel_time,acc_x,acc_y,acc_z,gyro_x,gyro_y,gyro_z,azimuth,pitch,roll,label\n';
    const path = 'MobiAct_Dataset_v2.0/Annotated Data/STN/STN_12_1_annotated.csv';
    const [recording] = await read('mobiact', { [path]: header + ann.map(row).join('') });
    expect(recording).toMatchObject({
      subject: '12',
      samples: inG(ann),
      labels: { names: ['standing', 'stairs down'] },
    });
  });

  test('USC-HAD', async () => {
    const files = { 'USC-HAD/Subject10/a5t2.mat': arrayFile('matUscHad'), 'USC-HAD/Readme.txt': '' };
    const samples = Float32Array.from(ACCELERATION.flat());
    expect(await read('usc-had', files)).toMatchObject([
      { subject: '10', samples, labels: { names: ['walking downstairs'] }, timing: { rateHz: 100 } },
    ]);
  });

  test('RealWorld, in its archives', async () => {
    const text = (samples: typeof ann): string =>
      `id,attr_time,attr_x,attr_y,attr_z\n${samples.map((row, at) => [at, 1e12 + 20 * at, ...row].join(',')).join('\n')}\n`;
    const recordings = await read('realworld', {
      'proband1/data/acc_walking_csv.zip': zipOf({
        'acc_walking_thigh.csv': text(ann),
        'acc_walking_chest.csv': text(bob),
        readMe: '',
      }),
      'proband4/data/acc_climbingup_csv.zip': zipOf({ 'acc_climbingup_2_thigh.csv': text(bob) }),
      'proband1/data/gyr_walking_csv.zip': zipOf({ 'Gyroscope_walking_thigh.csv': text(bob) }),
    });
    expect(recordings.map(({ subject, labels, samples }) => [subject, labels?.names, samples])).toEqual([
      ['1', ['walking'], inG(ann)],
      ['4', ['climbingup'], inG(bob)],
    ]);
  });

  test('UCI HAR', async () => {
    const windows = (count: number, first: number): string =>
      Array.from({ length: count }, (_, window) =>
        Array.from({ length: 128 }, (_sample, at) => `  ${((first + window) / 8 + at / 1024).toExponential(7)}`).join(
          '',
        ),
      ).join('\n');
    const set = (name: string, people: readonly number[], activities: readonly number[]): Files => ({
      ...Object.fromEntries(
        ['x', 'y', 'z'].map((axis, first) => [
          `UCI HAR Dataset/${name}/Inertial Signals/total_acc_${axis}_${name}.txt`,
          `${windows(people.length, first)}\n`,
        ]),
      ),
      [`UCI HAR Dataset/${name}/subject_${name}.txt`]: `${people.join('\n')}\n`,
      [`UCI HAR Dataset/${name}/y_${name}.txt`]: `${activities.join('\n')}\n`,
      [`UCI HAR Dataset/${name}/X_${name}.txt`]: '1 2\n',
    });
    const files = { ...set('train', [1, 3, 1], [5, 4, 2]), ...set('test', [2], [6]) };
    const recordings = await read('uci-har', files);
    expect(recordings.map(({ subject, labels, samples }) => [subject, labels?.names, samples.length])).toEqual([
      ['2', ['lying'], 3 * 128],
      ['1', ['standing', 'walking upstairs'], 2 * 3 * 128],
      ['3', ['sitting'], 3 * 128],
    ]);
    expect(recordings[1]?.cut).toEqual({ length: 128, rateHz: 50 });
    // The second window of person 1 is the third of all; its sample 1 is at x = 2/8 + 1/1024, y = 3/8 + 1/1024.
    expect([...(recordings[1]?.samples.subarray(3 * 129, 3 * 129 + 2) ?? [])]).toEqual([
      Math.fround(Number((2 / 8 + 1 / 1024).toExponential(7))),
      Math.fround(Number((3 / 8 + 1 / 1024).toExponential(7))),
    ]);
    const { suspects } = await inspectDataFolder(await temporaryFolder(files), { plan: INSPECTION_PLAN });
    expect(suspects.filter(({ kind }) => ['left-alone', 'too-short'].includes(kind))).toEqual([]);
    const short = { ...files, 'UCI HAR Dataset/train/y_train.txt': '5\n4\n' };
    await expect(read('uci-har', short)).rejects.toThrow('y_train.txt: expected one value for each of 3 windows');
  });

  test('UniMiB SHAR', async () => {
    const recordings = await read('unimib-shar', {
      'data/acc_data.mat': arrayFile('matUnimibData'),
      'data/acc_labels.mat': arrayFile('matUnimibLabels'),
      'data/adl_data.mat': arrayFile('matUnimibLabels'),
    });
    expect(recordings.map(({ subject, labels }) => [subject, labels?.names])).toEqual([
      ['7', ['walking']],
      ['30', ['falling left']],
    ]);
    // Axis after axis: y begins at column 152 of a row that counts its columns from 0.
    expect([...(recordings[0]?.samples.subarray(0, 3) ?? [])].map((value) => Math.round(GRAVITY * value))).toEqual([
      0, 151, 302,
    ]);
  });
});
