import { createRng, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway } from '../testing/gaitway-process.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

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

  it('ends with 2 for a rate that is none', async () => {
    expect(await gaitway('inspect', '.', '--rate', '0')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("argument '0' is invalid. Expected a whole number from 1 on."),
    });
  });
});
