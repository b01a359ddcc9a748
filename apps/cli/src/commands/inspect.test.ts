import { createRng, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway } from '../testing/gaitway-process.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text);
  }
  return folder;
}

describe('gaitway inspect', () => {
  it('tells what a folder holds, as text and as JSON', async () => {
    const folder = join(await temporaryFolder(), 'data');
    await writeCsvFolder(folder, syntheticPeople({ people: 2, secondsPerActivity: 9, rateHz: 20 }, createRng(1)));
    const text = await gaitway('inspect', folder);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(/^people +2$/m);
    expect(text.stdout).toMatch(/^sample rate +20 Hz \(12 recordings\)$/m);
    const json = await gaitway('inspect', folder, '--json', '--rate', '20', '--window', '40', '--step', '20');
    // Of 180 samples, windows of 40 begin at 0, 20, … 140: eight in each of two people's six recordings.
    expect(JSON.parse(json.stdout)).toMatchObject({ folder, layout: 'csv', recordings: 12, windows: 2 * 6 * 8 });
  });

  it('ends with 1 where nothing could be read, and with 2 where it is strict and something is suspect', async () => {
    const manifest = "path: '{person}.csv'\nunit: g\nrateHz: 50\nchannels: { x: x }\n";
    const broken = await folderOf({ 'gaitway.yaml': manifest, 'ann.csv': 'x\nhigh\n' });
    const nothing = await gaitway('inspect', broken);
    expect(nothing).toMatchObject({ code: 1, stderr: expect.stringContaining('none of 1 files could be read') });
    expect(nothing.stdout).toContain('line 2, column "x": expected a number, found "high"');
    const suspect = await folderOf({ 'gaitway.yaml': manifest, 'ann.csv': 'x\n1\n1\n', 'bob.csv.gz': '' });
    expect(await gaitway('inspect', suspect)).toMatchObject({ code: 0, stderr: '' });
    expect(await gaitway('inspect', suspect, '--strict')).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('left alone: bob.csv.gz'),
      stderr: expect.stringContaining('expected nothing suspect (--strict), found 3 suspects'),
    });
  });

  it('ends with 2 for a rate that is none', async () => {
    expect(await gaitway('inspect', '.', '--rate', '0')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("argument '0' is invalid. Expected a whole number from 1 on."),
    });
  });
});
