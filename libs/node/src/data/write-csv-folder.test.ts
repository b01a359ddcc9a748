import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRng, type RawRecording, syntheticPeople } from '@gaitway/core';
import { resample } from '@gaitway/core/data';
import { describe, expect, test } from 'vitest';
import { collect } from '../testing/collect.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readDataFolder } from './data-folder.js';
import { writeCsvFolder } from './write-csv-folder.js';

const recording = (rest: Partial<RawRecording> = {}): RawRecording => ({
  subject: 'ann',
  source: 'ann',
  channels: ['x', 'y'],
  samples: Float32Array.of(0.1, -1 / 3, 1e-20, 123456.79),
  timing: { rateHz: 50 },
  ...rest,
});

async function written(...recordings: readonly RawRecording[]): Promise<readonly RawRecording[]> {
  const folder = join(await temporaryFolder(), 'new');
  await writeCsvFolder(folder, recordings);
  return collect(readDataFolder(folder));
}

describe('recordings written as CSV', () => {
  test('come back bit for bit, with the times of their samples', async () => {
    const [back] = await written(recording());
    expect(back).toEqual({
      ...recording(),
      source: 'ann/001.csv',
      timing: { seconds: Float64Array.of(0, 0.02) },
    });
  });

  test('come back with uneven clocks, labels that change, and samples without a label', async () => {
    const timing = { seconds: Float64Array.of(1753340000.123, 1753340000.1731) };
    const labels = { names: ['up, "fast"', 'down'], ofSample: Uint8Array.of(255, 1) };
    const [back] = await written(recording({ timing, labels }));
    expect(back?.timing).toEqual(timing);
    expect(back?.labels).toEqual({ names: ['down'], ofSample: Uint8Array.of(255, 0) });
    const [other] = await written(recording({ labels: { ...labels, ofSample: Uint8Array.of(0, 0) } }));
    expect(other?.labels?.names).toEqual(['up, "fast"']);
  });

  test('are one file each, in their person’s folder', async () => {
    const people = await written(recording(), recording({ subject: 'bob' }), recording());
    expect(people.map(({ source }) => source)).toEqual(['ann/001.csv', 'ann/002.csv', 'bob/001.csv']);
  });

  test('give a study just what it would have had without files', async () => {
    const made = syntheticPeople({ people: 1, secondsPerActivity: 4, rateHz: 50 }, createRng(3));
    const back = await written(...made);
    const seen = (all: readonly RawRecording[]): unknown =>
      all.flatMap((each) => resample(each, 50)).map(({ samples, labels }) => ({ samples, labels }));
    expect(seen(back)).toEqual(seen(made));
  });

  test('have a manifest that a person can read', async () => {
    const folder = join(await temporaryFolder(), 'new');
    await writeCsvFolder(folder, [recording()]);
    expect(await readFile(join(folder, 'gaitway.yaml'), 'utf8')).toContain('unit: g\n');
    expect(await readFile(join(folder, 'ann/001.csv'), 'utf8')).toMatch(/^time,activity,x,y\n0,,0\.1/);
  });
});

describe('writing is refused', () => {
  test('into a folder that holds something, which would be read as if it belonged', async () => {
    const folder = await temporaryFolder({ 'old/001.csv': 'old' });
    await expect(writeCsvFolder(folder, [recording()])).rejects.toThrow('expected a new or empty folder');
    expect(await readFile(join(folder, 'old/001.csv'), 'utf8')).toBe('old');
  });

  test('without recordings, or with unlike channels', async () => {
    await expect(written()).rejects.toThrow('expected recordings to write, found none');
    await expect(written(recording(), recording({ channels: ['x', 'z'], source: 'b' }))).rejects.toThrow(
      'b: channels: expected x, y as in the recordings before, found x, z',
    );
  });

  test.each(['..', 'a/b', 'a\\b', '.hidden', ''])(
    'for a person called %j, who would get outside the folder',
    async (subject) => {
      await expect(written(recording({ subject }))).rejects.toThrow('expected a name that can be a folder');
    },
  );
});
