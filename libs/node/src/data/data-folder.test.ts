import { InvalidInput, type RawRecording } from '@gaitway/core';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collect } from '../testing/collect.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { type DataFolderOptions, readDataFolder } from './data-folder.js';

const motionSense = (value: number): string =>
  `,gravity.x,gravity.y,gravity.z,userAcceleration.x,userAcceleration.y,userAcceleration.z\n0,0,1,0,${value},0,0\n`;
const wisdm = (person: number): string => `${person},A,1000,0,9.80665,0;\n`;

function read(folder: string, options?: DataFolderOptions): Promise<readonly RawRecording[]> {
  return collect(readDataFolder(folder, options));
}

async function messageOf(folder: string, options?: DataFolderOptions): Promise<string> {
  const error: unknown = await read(folder, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InvalidInput);
  return (error as InvalidInput).message.replaceAll(folder, 'DIR');
}

describe('a folder of a public data set', () => {
  test('is read in the order of its paths, its layout found out', async () => {
    const folder = await temporaryFolder({
      'README.md': 'hello',
      'A_DeviceMotion_data/wlk_7/sub_2.csv': motionSense(2),
      'A_DeviceMotion_data/dws_1/sub_1.csv': motionSense(1),
    });
    const recordings = await read(folder);
    expect(recordings.map(({ source, subject, samples }) => [source, subject, samples[0]])).toEqual([
      ['A_DeviceMotion_data/dws_1/sub_1.csv', '1', 1],
      ['A_DeviceMotion_data/wlk_7/sub_2.csv', '2', 2],
    ]);
  });

  test('may be pointed at by the folder of the data or any above it', async () => {
    const folder = await temporaryFolder({ 'set/raw/phone/accel/data_1600_accel_phone.txt': wisdm(1600) });
    for (const start of ['', 'set', 'set/raw/phone/accel']) {
      expect(await read(join(folder, start))).toHaveLength(1);
    }
  });

  test('gives only the people asked for, and does not open the files of others', async () => {
    const folder = await temporaryFolder({ 'wlk_7/sub_1.csv': motionSense(1), 'wlk_7/sub_2.csv': 'not to be read' });
    expect((await read(folder, { people: ['1'] })).map(({ subject }) => subject)).toEqual(['1']);
    expect(await messageOf(folder)).toContain('wlk_7/sub_2.csv: ');
  });

  test('is read file by file: what comes before a broken file is there', async () => {
    const folder = await temporaryFolder({ 'wlk_7/sub_1.csv': motionSense(1), 'wlk_7/sub_2.csv': '' });
    const recordings = readDataFolder(folder);
    expect((await recordings.next()).value).toMatchObject({ subject: '1' });
    await expect(recordings.next()).rejects.toThrow('wlk_7/sub_2.csv: expected a header line');
  });

  test('keeps hidden files out', async () => {
    const folder = await temporaryFolder({
      'wlk_7/sub_1.csv': motionSense(1),
      '.trash/wlk_7/sub_1.csv': 'broken',
    });
    expect(await read(folder)).toHaveLength(1);
  });
});

/** The manifest that the documentation shows. */
const manifest = `
path: '{person}/{activity}-*.csv' # which files, and what their paths say
unit: m/s^2
rateHz: 50
channels: { x: acc_x, y: acc_y, z: acc_z }
`;

describe('a folder with a manifest', () => {
  test('is read as the manifest says', async () => {
    const folder = await temporaryFolder({
      'gaitway.yaml': manifest,
      'ann/walking-1.csv': 'acc_x,acc_y,acc_z\n0,9.80665,0\n',
      'ann/notes.csv': 'anything',
      'bob/sitting-1.csv': 'acc_x;acc_y;acc_z\r\n9.80665;0;0\r\n',
    });
    const recordings = await read(folder);
    expect(recordings.map(({ subject, labels, samples }) => [subject, labels?.names, ...samples])).toEqual([
      ['ann', ['walking'], 0, 1, 0],
      ['bob', ['sitting'], 1, 0, 0],
    ]);
  });

  test('of which only the columns know the people gives only the people asked for', async () => {
    const folder = await temporaryFolder({
      'gaitway.yaml': 'path: all.csv\nperson: { column: who }\nunit: g\nrateHz: 50\nchannels: { x: x }\n',
      'all.csv': 'who,x\nann,1\nbob,2\nann,3\n',
    });
    expect((await read(folder, { people: ['ann'] })).map(({ samples }) => samples[0])).toEqual([1, 3]);
    expect(await messageOf(folder, { people: ['ann', 'eve'] })).toBe(
      'DIR: people: expected recordings of eve; found those of ann, bob only',
    );
  });

  test('has one person for names that differ only in the form of their characters', async () => {
    const [composed, decomposed] = ['zo\u00eb', 'zoe\u0308'];
    const folder = await temporaryFolder({
      'gaitway.yaml': manifest,
      [`${composed}/walking-1.csv`]: 'acc_x,acc_y,acc_z\n0,9.80665,0\n',
      [`${decomposed}/walking-2.csv`]: 'acc_x,acc_y,acc_z\n9.80665,0,0\n',
    });
    for (const people of [undefined, [composed], [decomposed]]) {
      const recordings = await read(folder, people && { people });
      expect(recordings.map(({ subject }) => subject)).toEqual([composed, composed]);
    }
  });

  test('has one person for such names in a column', async () => {
    const folder = await temporaryFolder({
      'gaitway.yaml': 'path: all.csv\nperson: { column: who }\nunit: g\nrateHz: 50\nchannels: { x: x }\n',
      'all.csv': 'who,x\nzoe\u0308,1\nzo\u00eb,2\n',
    });
    expect((await read(folder, { people: ['zo\u00eb'] })).map(({ subject }) => subject)).toEqual([
      'zo\u00eb',
      'zo\u00eb',
    ]);
  });

  test('is refused for the name of a person with characters that nobody sees', async () => {
    const table = 'acc_x,acc_y,acc_z\n0,9.80665,0\n';
    const inPath = await temporaryFolder({ 'gaitway.yaml': manifest, 'an\u200bn/walking-1.csv': table });
    expect(await messageOf(inPath)).toBe(
      'an\u200bn/walking-1.csv: the person in the path: expected the name of a person on one line, without invisible characters or spaces around it, found "an\\u200bn"',
    );
    const inColumn = await temporaryFolder({
      'gaitway.yaml': 'path: all.csv\nperson: { column: who }\nunit: g\nrateHz: 50\nchannels: { x: x }\n',
      'all.csv': 'who,x\nann,1\nan\u0007n,2\n',
    });
    expect(await messageOf(inColumn)).toContain('all.csv: line 3, the person: expected the name of a person');
  });

  test('that is no YAML is refused with the line', async () => {
    const folder = await temporaryFolder({ 'gaitway.yaml': 'path: a\nunit: [g\n', 'a.csv': '' });
    expect(await messageOf(folder)).toMatch(/^DIR\/gaitway\.yaml: line \d, column \d+: expected YAML, found: /);
  });

  test('that has an unknown key is refused with the nearest one', async () => {
    const folder = await temporaryFolder({ 'gaitway.yaml': manifest.replace('rateHz', 'rate_Hz'), 'a.csv': '' });
    expect(await messageOf(folder)).toMatch(/DIR\/gaitway\.yaml: rate_Hz: .*did you mean "rateHz"\?/);
  });

  test('that matches no file is refused with what there is', async () => {
    const folder = await temporaryFolder({ 'gaitway.yaml': manifest, 'ann.csv': '' });
    expect(await messageOf(folder)).toBe(
      'DIR: expected files {person}/{activity}-*.csv (path in gaitway.yaml) of the layout csv, found 2 files such as ann.csv',
    );
  });
});

describe('a folder is refused', () => {
  test('when it is not there, or a file', async () => {
    const folder = await temporaryFolder({ 'a.csv': '' });
    expect(await messageOf(join(folder, 'nowhere'))).toBe('DIR: expected a folder, found nothing of that name');
    expect(await messageOf(join(folder, 'a.csv'))).toBe('DIR: expected a folder, found a file');
    expect(await messageOf(join(folder, 'x'.repeat(300)))).toBe(
      'DIR: expected a folder, but the path is too long (ENAMETOOLONG)',
    );
  });

  test('when it is empty, with the layouts that were tried', async () => {
    const message = await messageOf(await temporaryFolder());
    expect(message).toMatch(/^DIR: expected files of a known layout/);
    expect(message).toContain('motionsense: A_DeviceMotion_data/<activity>_<trial>/sub_<person>.csv');
    expect(message).toContain('wisdm: raw/phone/accel/data_<person>_accel_phone.txt');
    expect(message).toContain('csv: a file gaitway.yaml');
    expect(message).toMatch(/found an empty folder$/);
  });

  test('when no layout fits, with a file that is there', async () => {
    expect(await messageOf(await temporaryFolder({ 'b.txt': '', 'a.txt': '' }))).toMatch(
      /found 2 files such as a\.txt$/,
    );
  });

  test('when two layouts fit, until one is named', async () => {
    const folder = await temporaryFolder({
      'wlk_7/sub_1.csv': motionSense(1),
      'data_1600_accel_phone.txt': wisdm(1600),
    });
    expect(await messageOf(folder)).toBe(
      'DIR: expected files of one layout, found those of motionsense and wisdm; name one',
    );
    expect(await read(folder, { layout: 'wisdm' })).toMatchObject([{ subject: '1600' }]);
  });

  test('when the layout named has no file, or no name that is known', async () => {
    const folder = await temporaryFolder({ 'wlk_7/sub_1.csv': motionSense(1) });
    expect(await messageOf(folder, { layout: 'wisdm' })).toBe(
      'DIR: expected files raw/phone/accel/data_<person>_accel_phone.txt of the layout wisdm, found 1 files such as wlk_7/sub_1.csv',
    );
    expect(await messageOf(folder, { layout: 'csv' })).toBe('DIR: expected a file gaitway.yaml, found none');
    expect(await messageOf(folder, { layout: 'motionsens' })).toBe(
      'layout: expected one of motionsense, wisdm, uci-har, hapt, hhar, pamap2, mobiact, unimib-shar, usc-had, realworld, dsads, wisdm-2011, sensor-logger, phyphox, csv; found "motionsens"; did you mean "motionsense"?',
    );
  });

  test('when somebody asked for is not there, before any file is opened', async () => {
    const folder = await temporaryFolder({ 'wlk_7/sub_1.csv': 'broken', 'wlk_7/sub_2.csv': 'broken' });
    expect(await messageOf(folder, { people: ['1', '7'] })).toBe(
      'DIR: people: expected recordings of 7; found those of 1, 2 only',
    );
  });

  test('when a file is no text in UTF-8', async () => {
    const folder = await temporaryFolder({ 'wlk_7/sub_1.csv': Uint8Array.of(0x66, 0xfc, 0x72) });
    expect(await messageOf(folder)).toBe('wlk_7/sub_1.csv: expected text in UTF-8, found other bytes');
  });
});
