import { createRng } from '@gaitway/core';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { arrayFile } from '../../testing/containers/array-files.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { INSPECTION_PLAN } from '../inspection.js';
import { proposeManifest } from './propose-manifest.js';
import type { Question } from './questions.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** The manifest that is proposed for these files, what was asked, and who was found with it. */
async function propose(
  files: Files,
  answers: Partial<Record<Question['key'], string>> = {},
): Promise<{ manifest: unknown; asked: readonly string[]; people: readonly string[]; reasons: readonly string[] }> {
  const asked: string[] = [];
  const ask = ({ key }: Question): Promise<string | undefined> => {
    asked.push(key);
    return Promise.resolve(answers[key]);
  };
  const { text, inspection, reasons } = await proposeManifest(await temporaryFolder(files), {
    plan: INSPECTION_PLAN,
    ask,
  });
  expect(inspection.unreadable).toEqual([]);
  return { manifest: text && parse(text), asked, people: inspection.people.map(({ name }) => name), reasons };
}

/** Rows of somebody who sways, with their numbers in front. */
function rows(scale: number, count = 120): readonly (readonly string[])[] {
  const rng = createRng(1);
  return Array.from({ length: count }, () =>
    [0.1, 0.97, 0.1].map((value) => (scale * (value + 0.02 * rng.normal())).toFixed(4)),
  );
}

function table(header: string, cells: (row: readonly string[], index: number) => readonly (string | number)[]): string {
  const lines = rows(1).map((row, index) => cells(row, index).join(','));
  return `${header === '' ? '' : `${header}\n`}${lines.join('\n')}\n`;
}

describe('a manifest is inferred', () => {
  test('from names of columns, and from paths with the person and the activity', async () => {
    const text = table('timestamp,acc_x,acc_y,acc_z,gyro_x,gyro_y,gyro_z', (row, at) => [
      1000 + 20 * at,
      ...row,
      1,
      2,
      3,
    ]);
    const files = { 'sub_01/walking_1.csv': text, 'sub_01/sitting_2.csv': text, 'sub_02/walking_1.csv': text };
    const { manifest, asked, people, reasons } = await propose({ ...files, 'README.txt': '' });
    expect(manifest).toEqual({
      path: 'sub_{person:number}/{activity:word}_{number}.csv',
      time: { column: 'timestamp', unit: 'ms' },
      unit: 'g',
      channels: { x: 'acc_x', y: 'acc_y', z: 'acc_z' },
    });
    expect({ asked, people }).toEqual({ asked: [], people: ['01', '02'] });
    expect(reasons).toEqual([
      'path: what differs in the paths of 3 files',
      'channels: columns acc_x, acc_y, acc_z by their names',
      'time: column "timestamp", which rises by 50 rows a second if it is in ms',
      expect.stringMatching(/^unit: the median magnitude of 0\.9[78]/),
    ]);
  });

  test('from columns with the person and the activity, whose rows alternate', async () => {
    const text = table('user;t;x;y;z;label', (row, at) => [
      ['ann', 'bob'][at % 2]!,
      at / 50,
      ...row,
      'walk',
    ]).replaceAll(',', ';');
    expect((await propose({ 'all.csv': text })).manifest).toEqual({
      path: 'all.csv',
      person: { column: 'user' },
      interleaved: true,
      activity: { column: 'label' },
      time: { column: 't', unit: 's' },
      unit: 'g',
      channels: { x: 'x', y: 'y', z: 'z' },
    });
  });

  test('from values, where there is no header, and from answers', async () => {
    const lines = rows(9.81).map((row, at) => `${at},${row.join(',')}`.replaceAll(',', ' '));
    const { manifest, asked } = await propose({ 'a.txt': `${lines.join('\n')}\n` }, { person: 'ann', rateHz: '50' });
    expect(manifest).toEqual({
      path: 'a.txt',
      person: { constant: 'ann' },
      rateHz: 50,
      unit: 'm/s^2',
      channels: { x: 2, y: 3, z: 4 },
      header: 'none',
      separator: 'blanks',
    });
    expect(asked).toEqual(['person', 'rateHz']);
  });

  test('with decimal commas, dates, lines before the header, and gravity apart', async () => {
    const text = table('date,gravityX,gravityY,gravityZ,userX,userY,userZ', ([x, y, z], at) => [
      new Date(1e12 + 20 * at).toISOString(),
      ...[x!, y!, z!, '0.01', '0.01', '0.01'],
    ]);
    const german = text.replaceAll(',', ';').replaceAll(/(\d)\.(\d{2,4})(?=[;\n])/g, '$1,$2');
    const { manifest } = await propose({ 'p1.csv': `Logger of Ann\n${german}`, 'p2.csv': `Logger of Bob\n${german}` });
    expect(manifest).toEqual({
      path: 'p{person:number}.csv',
      time: { column: 'date', unit: 'iso' },
      unit: 'g',
      channels: { x: ['gravityX', 'userX'], y: ['gravityY', 'userY'], z: ['gravityZ', 'userZ'] },
      decimal: ',',
    });
  });

  test('from arrays, JSON and Parquet', async () => {
    expect((await propose({ 'a.npz': arrayFile('npz') }, { channels: 'acc.1,acc.2,acc.3' })).manifest).toMatchObject({
      person: { column: 'who' },
      activity: { column: 'label' },
      time: { column: 't', unit: 'ms' },
    });
    expect((await propose({ 'a.parquet': arrayFile('parquetSnappy') })).manifest).toMatchObject({
      time: { column: 'time', unit: 'iso' },
      channels: { x: 'x', y: 'y', z: 'z' },
    });
    const json = rows(1).map(([x, y, z], at) => JSON.stringify({ t: 20 * at, x: Number(x), y, z }));
    expect((await propose({ 'ann.json': json.join('\n'), 'bob.json': `[${json.join(',')}]` })).manifest).toMatchObject({
      path: '{person:word}.json',
      time: { column: 't', unit: 'ms' },
    });
  });

  test('from windows that are already cut', async () => {
    const { manifest, asked, people } = await propose(
      { 'data.npz': arrayFile('npzWindows') },
      { rateHz: '50', unit: 'g' },
    );
    expect(manifest).toEqual({
      windows: {
        length: 4,
        samples: { file: 'data.npz', array: 'X' },
        person: { file: 'data.npz', array: 'subject' },
        activity: { file: 'data.npz', array: 'y' },
      },
      rateHz: 50,
      unit: 'g',
      channels: { x: 1, y: 2, z: 3 },
    });
    expect({ asked: asked[0], people }).toEqual({ asked: 'rateHz', people: ['1', '3'] });
  });
});

test('files of a known layout need no manifest, and one that is there is used', async () => {
  const text = table('t,x,y,z', (row, at) => [at / 50, ...row]);
  const phyphox = table('Time (s),Acceleration x (m/s^2),Acceleration y (m/s^2),Acceleration z (m/s^2)', (row, at) => [
    at / 50,
    ...row,
  ]);
  expect(await propose({ 'ann/Raw Data.csv': phyphox })).toMatchObject({
    manifest: undefined,
    reasons: ['layout: phyphox, by its files'],
  });
  const manifest = "path: '{person}.csv'\nrateHz: 50\nunit: g\nchannels: { x: x }\n";
  expect(await propose({ 'ann.csv': text, 'gaitway.yaml': manifest })).toMatchObject({
    manifest: undefined,
    reasons: ['gaitway.yaml: it is there, and used as it is'],
  });
});

test('what nobody answers is refused', async () => {
  const text = table('x,y,z', (row) => row);
  await expect(propose({ 'a.csv': text })).rejects.toThrow(
    'person: expected an answer that the files do not give: No column and no path names a person.',
  );
  await expect(propose({ 'a.csv': text }, { person: 'ann' })).rejects.toThrow('rateHz: expected an answer');
  await expect(propose({})).rejects.toThrow('expected files of data, found none');
});
