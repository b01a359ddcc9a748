import { describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { arrayFile } from '../testing/containers/array-files.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { zipOf } from '../testing/containers/zip-of.js';
import { openFiles, textIn } from './folder-files.js';

const TEXT = `x,y,z\n${'0,1,0\n'.repeat(20)}`;

describe('an archive', () => {
  test('is read as a folder of its name, also one of another program, with lengths of 64 bits', async () => {
    const packed = zipOf({ 'a/ann.csv': TEXT, '.hidden': '', '__MACOSX/ann.csv': '', 'cem.csv.gz': gzipSync(TEXT) });
    const folder = await temporaryFolder({ 'gaitway.yaml': '', 'one.zip': arrayFile('zip'), 'b/two.ZIP': packed });
    const files = await openFiles(folder);
    expect(files.leftAlone).toEqual([]);
    const inside = ['b/two/a/ann.csv', 'b/two/cem.csv.gz', 'one/ann.csv', 'one/more/bob.csv'];
    expect(files.paths).toEqual([...inside.slice(0, 2), 'gaitway.yaml', ...inside.slice(2)]);
    const texts = await Promise.all(inside.map((path) => textIn(files, path)));
    expect(texts).toEqual([TEXT, TEXT, TEXT, `x,y,z\n${'0,1,0\n'.repeat(10)}`]);
  });

  test('may be the data folder itself', async () => {
    const folder = await temporaryFolder({ 'data.zip': zipOf({ 'ann.csv': TEXT }) });
    const files = await openFiles(join(folder, 'data.zip'));
    expect(files.paths).toEqual(['ann.csv']);
    expect(await textIn(files, 'ann.csv')).toBe(TEXT);
    let told = 0;
    for await (const piece of files.bytes('ann.csv', (count) => (told += count))) {
      expect(piece.length).toBeGreaterThan(0);
    }
    expect(told).toBe(await files.sizeOf('ann.csv'));
  });

  test('is not read where its files lie unpacked beside it', async () => {
    const packed = zipOf({ 'a/ann.csv': TEXT, 'a/bob.csv': TEXT });
    const unpacked = { 'a/ann.csv': TEXT, 'a/bob.csv': TEXT };
    expect((await openFiles(await temporaryFolder({ 'd.zip': packed, ...unpacked }))).paths).toEqual([
      'a/ann.csv',
      'a/bob.csv',
    ]);
    const within = { 'd/a/ann.csv': TEXT, 'd/a/bob.csv': TEXT };
    expect((await openFiles(await temporaryFolder({ 'd.zip': packed, ...within }))).paths).toHaveLength(2);
    expect((await openFiles(await temporaryFolder({ 'd.zip': packed, 'a/ann.csv': TEXT }))).paths).toHaveLength(3);
    const changed = await openFiles(await temporaryFolder({ 'd.zip': packed, 'd/a/ann.csv': 'mine' }));
    expect(changed.paths).toEqual(['d/a/ann.csv', 'd/a/bob.csv']);
    expect(await textIn(changed, 'd/a/ann.csv')).toBe('mine');
  });

  test.each<[string, Uint8Array, string]>([
    ['that is cut off', zipOf({ 'ann.csv': TEXT }).subarray(0, 90), 'found no directory at its end: was it cut off?'],
    ['that is none', Buffer.from(TEXT), 'found no directory at its end'],
    ['that leads out of itself', zipOf({ '../ann.csv': TEXT }), 'found "../ann.csv", which leads out of it'],
    ['with an absolute path', zipOf({ '/etc/ann.csv': TEXT }), 'which leads out of it'],
    ['with a path of Windows', zipOf({ 'C:\\ann.csv': TEXT }), 'which leads out of it'],
    ['whose files share bytes', zipOf({ a: TEXT, b: TEXT }, { isShared: true }), '"a" in the same bytes as another'],
  ])('%s is left alone', async (_, bytes, why) => {
    const files = await openFiles(await temporaryFolder({ 'ann.csv': TEXT, 'd.zip': bytes }));
    expect(files.paths).toEqual(['ann.csv']);
    expect(files.leftAlone).toMatchObject([{ path: 'd.zip', why: expect.stringContaining(why) as string }]);
  });

  test.each<[string, Uint8Array, string]>([
    ['encrypted', zipOf({ a: TEXT }, { flags: 1 }), 'found an encrypted one'],
    ['packed otherwise', zipOf({ a: TEXT }, { method: 93 }), 'found one of method 93'],
    ['larger than it says', zipOf({ a: TEXT }, { size: 20 }), 'found more than the 20 bytes'],
    ['smaller than it says', zipOf({ a: TEXT }, { size: 2000 }), 'found one that is damaged'],
    ['packed a thousandfold', zipOf({ a: TEXT }, { size: 1e9 }), 'times larger, as no recording does'],
  ])('whose file is %s is refused when that is read', async (_, bytes, message) => {
    const files = await openFiles(await temporaryFolder({ 'd.zip': bytes }));
    await expect(textIn(files, 'd/a')).rejects.toThrow(message);
  });

  test('whose bytes were changed is refused when they are read', async () => {
    const bytes = zipOf({ a: TEXT, b: TEXT });
    bytes.fill(7, 40, 44);
    const folder = await temporaryFolder({ 'd.zip': bytes });
    await expect(textIn(await openFiles(folder), 'd/a')).rejects.toThrow('found one that is damaged');
    expect(await textIn(await openFiles(folder), 'd/b')).toBe(TEXT);
    await writeFile(join(folder, 'd.zip'), 'gone');
    await expect(textIn({ ...(await openFiles(folder)) }, 'd/a')).rejects.toThrow('expected a file, found');
  });
});
