/** The manifests of docs/data.md read files of the form in which data sets and phone loggers publish theirs. */

import { createRng, type RawRecording } from '@gaitway/core';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { collect } from '../testing/collect.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readDataFolder } from './data-folder.js';

const GRAVITY = 9.80665;
const page = await readFile(fileURLToPath(new URL('../../../../docs/data.md', import.meta.url)), 'utf8');

/** The manifest of that name on the page. */
function manifestOf(name: string): string {
  const [, text] = new RegExp(`\`\`\`yaml ${name}\\n(.*?)\`\`\``, 's').exec(page) ?? [];
  expect(text, name).toBeDefined();
  return text ?? '';
}

async function read(name: string, files: Readonly<Record<string, string>>): Promise<readonly RawRecording[]> {
  return collect(readDataFolder(await temporaryFolder({ 'gaitway.yaml': manifestOf(name), ...files })));
}

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

test('every manifest on the page has its test here', () => {
  const names = [...page.matchAll(/```yaml (\S+)/g)].map(([, name]) => name);
  expect(names).toEqual(['wisdm-2011', 'dsads', 'pamap2', 'hapt', 'hhar', 'phyphox', 'sensor-logger']);
});

describe('the manifest of', () => {
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
    const files = { 'walk-2023-10-28_13-52-24/TotalAcceleration.csv': text.replaceAll('\n', '\r\n') };
    const recordings = await read('sensor-logger', files);
    expect(recordings).toMatchObject([{ subject: 'ann', samples: inG(ann), labels: { names: ['walk'] } }]);
  });
});
