import { join } from 'node:path';
import { createRng, InvalidInput, type RawRecording } from '@gaitway/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { inspectDataFolder } from './inspect-data-folder.js';
import type { Inspection } from './inspection.js';
import { renderInspection } from './render-inspection.js';
import { writeCsvFolder } from './write-csv-folder.js';

const plan = { rateHz: 10, window: 20, step: 10 };

/** A phone at rest for a number of seconds at 10 Hz, scaled; the seed makes recordings differ. */
function atRest(subject: string, seconds: number, { scale = 1, seed = 0, activity = 'sitting' } = {}): RawRecording {
  const count = seconds * 10;
  const rng = createRng(seed);
  const samples = Float32Array.from({ length: 3 * count }, (_, at) => {
    const wobble = 0.002 * rng.normal();
    return scale * (at % 3 === 1 ? 1 + wobble : wobble);
  });
  const labels = { names: [activity], ofSample: new Uint8Array(count) };
  return { subject, source: subject, channels: ['x', 'y', 'z'], samples, timing: { rateHz: 10 }, labels };
}

async function inspect(recordings: readonly RawRecording[]): Promise<Inspection> {
  const folder = join(await temporaryFolder(), 'data');
  await writeCsvFolder(folder, recordings);
  return { ...(await inspectDataFolder(folder, { plan })), folder: 'data' };
}

describe('an inspection', () => {
  test('counts people, recordings, hours, labels and windows', async () => {
    const { labels, ...unlabelled } = atRest('bob', 9, { seed: 2 });
    const inspection = await inspect([
      atRest('ann', 9),
      atRest('ann', 18, { seed: 1, activity: 'standing' }),
      { ...unlabelled, subject: 'bob' },
    ]);
    expect(labels).toBeDefined();
    expect(inspection).toMatchObject({
      layout: 'csv',
      files: 3,
      otherFiles: 1,
      recordings: 3,
      hours: expect.closeTo(0.01, 9) as number,
      labelledHours: expect.closeTo(0.0075, 9) as number,
      windows: 8 + 17 + 8,
      people: [
        { name: 'ann', recordings: 2, windows: 25, activities: ['sitting', 'standing'] },
        { name: 'bob', recordings: 1, windows: 8, activities: [] },
      ],
      activities: [
        { name: 'sitting', hours: expect.closeTo(0.0025, 9) as number, people: 1 },
        { name: 'standing', hours: expect.closeTo(0.005, 9) as number, people: 1 },
      ],
      rates: [{ rateHz: 10, recordings: 3 }],
      gaps: { count: 0, recordings: 0, longestSeconds: 0 },
      suspects: [],
      unreadable: [],
    });
  });

  test('finds gaps', async () => {
    const seconds = Float64Array.from({ length: 100 }, (_, index) => index / 10 + (index >= 50 ? 7.5 : 0));
    const { gaps, windows } = await inspect([{ ...atRest('ann', 10), timing: { seconds } }]);
    expect(gaps).toEqual({ count: 1, recordings: 1, longestSeconds: expect.closeTo(7.6, 9) as number });
    expect(windows).toBe(4 + 4);
  });

  test('measures 1 g at rest, whatever moves in between', async () => {
    const moving = atRest('ann', 20);
    const samples = moving.samples.map((value, at) => (at < 300 ? 3 * Math.sin(at * at) : value));
    const { rest, suspects } = await inspect([{ ...moving, samples }]);
    expect(rest.magnitude).toBeCloseTo(1, 3);
    expect(rest.hours).toBeCloseTo(10 / 3600, 9);
    expect(suspects).toEqual([]);
  });

  test('suspects a wrong unit, a dead channel, a copy, and what is too short for a window', async () => {
    const stuck = atRest('dan', 9, { seed: 5 });
    const { suspects } = await inspect([
      atRest('ann', 9, { seed: 1 }),
      atRest('bob', 9, { seed: 2, scale: 9.81 }),
      atRest('cat', 9, { seed: 3, scale: 1 / 9.81 }),
      { ...stuck, samples: stuck.samples.map((value, at) => (at % 3 === 2 ? 0.25 : value)) },
      atRest('eve', 9, { seed: 1 }),
      atRest('fay', 1, { seed: 6 }),
    ]);
    expect(suspects.map(({ kind, source, reason }) => `${kind}: ${source} ${reason}`)).toEqual([
      'unit: bob/001.csv measures at rest 9.81 g, not about 1 g: is it in m/s^2?',
      'unit: cat/001.csv measures at rest 0.10 g, not about 1 g: was gravity taken out, or is it divided by 9.81 too often?',
      'constant-channel: dan/001.csv channel z never changes: always 0.25; leave this recording out, or the channel',
      'duplicate: eve/001.csv has the same samples as ann/001.csv of ann: one person would be on both sides of a split',
      'too-short: fay/001.csv holds no window of 2.0 s without a gap: 1.0 s in all',
    ]);
  });

  test('suspects data without gravity although nobody keeps still', async () => {
    const samples = Float32Array.from({ length: 300 }, (_, at) => 0.2 * Math.sin(at * at));
    const { suspects, rest } = await inspect([{ ...atRest('ann', 10), samples }]);
    expect(rest.magnitude).toBeNull();
    expect(suspects).toMatchObject([
      { kind: 'unit', reason: expect.stringContaining('was gravity taken out') as string },
    ]);
  });

  test('does not judge the unit of channels that are no acceleration', async () => {
    const { rest, suspects } = await inspect([{ ...atRest('ann', 9, { scale: 50 }), channels: ['a', 'b', 'c'] }]);
    expect(rest).toEqual({ hours: 0, magnitude: null });
    expect(suspects).toEqual([]);
  });

  test('lists a file that cannot be read, and goes on', async () => {
    const folder = await temporaryFolder({
      'gaitway.yaml': "path: '{person}.csv'\nunit: g\nrateHz: 10\nchannels: { x: x }\n",
      'ann.csv': 'x\n1\n2\n',
      'bob.csv': 'x\n1\nzwei\n',
      'cat.csv': 'x\n3\n4\n',
    });
    const { people, unreadable, recordings } = await inspectDataFolder(folder, { plan });
    expect(people.map(({ name }) => name)).toEqual(['ann', 'cat']);
    expect(recordings).toBe(2);
    expect(unreadable).toEqual([
      {
        path: 'bob.csv',
        message:
          'bob.csv: line 3, column "x": expected a number, found "zwei" (to leave out such rows, write onBadRow: gap in gaitway.yaml)',
      },
    ]);
  });

  test('is refused where there is nothing to read', async () => {
    await expect(inspectDataFolder(await temporaryFolder(), { plan })).rejects.toThrow(InvalidInput);
  });

  test('is plain data', async () => {
    const inspection = await inspect([atRest('ann', 9)]);
    expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection);
  });
});

test('an inspection reads well on a terminal', async () => {
  const text = renderInspection(
    await inspect([
      ...Array.from({ length: 7 }, (_, index) => atRest('ann', 900, { scale: 9.81, seed: index })),
      atRest('bob', 1800, { seed: 8, activity: 'standing' }),
      atRest('bob', 900, { seed: 9 }),
    ]),
  );
  expect(text).toBe(`data
9 files of the layout csv; 1 other file left alone

people       2
recordings   9
hours        2.50, 2.50 of them labelled
windows      8,991 of 2.0 s, one each 10 samples at 10 Hz
sample rate  10 Hz (9 recordings)
gaps         none
at rest      7.17 g, over 2.50 hours

activity  hours  share  people
sitting    2.00   80 %       2
standing   0.50   20 %       1

person  recordings  hours  windows  activities
ann              7   1.75    6,293  sitting
bob              2   0.75    2,698  all 2

look at
  ann/001.csv measures at rest 9.81 g, not about 1 g: is it in m/s^2?
  ann/002.csv measures at rest 9.81 g, not about 1 g: is it in m/s^2?
  ann/003.csv measures at rest 9.81 g, not about 1 g: is it in m/s^2?
  ann/004.csv measures at rest 9.81 g, not about 1 g: is it in m/s^2?
  ann/005.csv measures at rest 9.81 g, not about 1 g: is it in m/s^2?
  ... and 2 more (unit)
`);
});
