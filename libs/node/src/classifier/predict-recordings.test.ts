import { handMadeMetadata } from '@gaitway/core/testing/hand-made-model';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type HandMadeFiles, type HandMadeRecording, writeHandMadeFiles } from '../testing/hand-made-files.js';
import { predictRecordings, type Predictions, renderPredictions } from './predict-recordings.js';

/** The odds of walking are even in the first window of ann and 3 to 1 in the second; 9 to 1 in the only one of ben. */
const recordings: readonly HandMadeRecording[] = [
  { person: 'ann', x: [1, 1, 1, 1, 3, 3], activity: 'sitting', from: 1_600_000_000.25 },
  { person: 'ann', x: [3, 3], activity: 'sitting' },
  { person: 'ben', x: [5, 5, 5, 5], activity: 'walking' },
];

interface Predicted {
  readonly predictions: Predictions;
  /** The cells of each line of the table. */
  readonly lines: readonly (readonly string[])[];
}

async function predicted(files: HandMadeFiles, options: { readonly stay?: number } = {}): Promise<Predicted> {
  const out = join(files.folder, 'table.csv');
  const predictions = await predictRecordings({ ...files, ...options, out, backend: 'cpu' });
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
  return { predictions, lines: lines.map((line) => line.split(',')) };
}

function expectNumbers(cells: readonly string[] | undefined, expected: readonly number[]): void {
  expect(cells).toHaveLength(expected.length);
  cells?.forEach((cell, place) => {
    expect(Number(cell)).toBeCloseTo(expected[place]!, 5);
  });
}

describe('predictions', () => {
  it('are a line for each window, with times of the recording and probabilities that paper gives', async () => {
    const { lines, predictions } = await predicted(await writeHandMadeFiles(recordings));
    const [head, first, second, third] = lines;
    expect(head).toEqual([
      'recording',
      'person',
      'start',
      'end',
      'activity',
      'probability_sitting',
      'probability_walking',
    ]);
    expect(first?.slice(0, 5)).toEqual(['ann/001.csv', 'ann', '1600000000.25', '1600000000.65', 'sitting']);
    expectNumbers(first?.slice(5), [0.5, 0.5]);
    expect(second?.slice(0, 5)).toEqual(['ann/001.csv', 'ann', '1600000000.45', '1600000000.85', 'walking']);
    expectNumbers(second?.slice(5), [0.25, 0.75]);
    expect(third?.slice(0, 5)).toEqual(['ben/001.csv', 'ben', '0', '0.4', 'walking']);
    expectNumbers(third?.slice(5), [0.1, 0.9]);
    expect(lines).toHaveLength(4);
    expect(predictions).toMatchObject({ backend: 'cpu', windows: 3, withoutWindow: ['ann/002.csv'] });
  });

  it('count for each person the minutes of each activity, by what a window has that the next one does not', async () => {
    const { predictions } = await predicted(await writeHandMadeFiles(recordings));
    const step = 0.2 / 60;
    expect(predictions.people).toEqual([
      { person: 'ann', windows: 2, minutes: { sitting: step, walking: step } },
      { person: 'ben', windows: 1, minutes: { sitting: 0, walking: step } },
    ]);
    const text = renderPredictions({ ...predictions, people: [{ person: 'ann', windows: 9, minutes: { sitting: 1.26 } }] }); // prettier-ignore
    expect(text.split('\n')).toEqual([
      'Minutes   sitting   walking',
      'ann       1.3       0.0',
      '',
      '1 recording without a row, because no window fits: ann/002.csv',
      `3 windows: ${predictions.table}`,
    ]);
  });

  it('are smoothed beside the plain ones, never in their place', async () => {
    const { lines, predictions } = await predicted(await writeHandMadeFiles(recordings), { stay: 0.75 });
    expect(lines[0]?.slice(7)).toEqual([
      'smoothed_activity',
      'smoothed_probability_sitting',
      'smoothed_probability_walking',
    ]);
    expect(lines[1]?.[4]).toBe('sitting');
    expectNumbers(lines[1]?.slice(5, 7), [0.5, 0.5]);
    // Windows count with the exponent 1/2. Ways sitting-sitting .375, sitting-walking .2165, walking-sitting .125,
    // walking-walking .6495; together 1.366.
    expect(lines[1]?.[7]).toBe('walking');
    expectNumbers(lines[1]?.slice(8), [0.43301, 0.56699]);
    expectNumbers(lines[2]?.slice(8), [0.36603, 0.63397]);
    const step = 0.2 / 60;
    expect(predictions.people[0]).toEqual({
      person: 'ann',
      windows: 2,
      minutes: { sitting: step, walking: step },
      smoothedMinutes: { sitting: 0, walking: 2 * step },
    });
    expect(renderPredictions(predictions)).toContain(
      'Smoothed by a hidden Markov model: from one window of a recording to the next the activity stays the same with probability 0.75, and windows, which overlap, count with the exponent 0.5.',
    );
  });

  it("normalise each person by all of their own recordings where the study's sites did", async () => {
    const files = await writeHandMadeFiles(
      [
        { person: 'ann', x: [1, 1, 1, 1], activity: 'sitting' },
        { person: 'ann', x: [3, 3, 3, 3], activity: 'walking' },
        { person: 'ben', x: [10, 10, 10, 10, 14, 14, 14, 14], activity: 'walking' },
      ],
      { sensors: { ...handMadeMetadata.sensors, step: 4, normalisation: 'site' }, normalisation: undefined },
    );
    // Ann's mean is 2 and her deviation 1, Ben's 12 and 2: each is one deviation below the mean, then one above.
    const { lines } = await predicted(files);
    expectNumbers(lines.slice(1).flatMap((cells) => cells.slice(5)), [0.5, 0.5, 0.25, 0.75, 0.5, 0.5, 0.25, 0.75]); // prettier-ignore
  });

  it('are written completely or not at all', async () => {
    const files = await writeHandMadeFiles(recordings);
    await appendFile(join(files.source.folder, 'ben', '001.csv'), '0.4,walking,far\n');
    await expect(predicted(files)).rejects.toThrow('ben/001.csv');
    expect(await readdir(files.folder)).toEqual(['data', 'made.safetensors']);
  });

  it('are refused where there would be none, or a file is in their place', async () => {
    const files = await writeHandMadeFiles([{ person: 'ann', x: [1, 1], activity: 'sitting' }]);
    await expect(predicted(files)).rejects.toThrow(
      'expected recordings of at least 0.4 s (one window), found none among 1',
    );
    expect(await readdir(files.folder)).toEqual(['data', 'made.safetensors']);
    await writeFile(join(files.folder, 'table.csv'), 'mine');
    await expect(predicted(files)).rejects.toThrow('table.csv: expected a new file, found a file: choose another name');
    expect(await readFile(join(files.folder, 'table.csv'), 'utf8')).toBe('mine');
    const out = join(files.folder, 'tables', 'table.csv');
    await expect(predictRecordings({ ...files, out })).rejects.toThrow('expected a path in a folder, found no folder');
  });
});
