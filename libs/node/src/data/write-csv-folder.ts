/** Writes recordings as a folder of CSV files with a manifest, which `readDataFolder` reads back bit for bit. */

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInput, NO_ACTIVITY, type RawRecording } from '@gaitway/core';
import { type CsvManifest, MANIFEST_FILE, sampleCount, sampleTimes } from '@gaitway/core/data';
import { stringify } from 'yaml';
import { csvField } from '../files/csv-field.js';

const TIME_COLUMN = 'time';
const ACTIVITY_COLUMN = 'activity';

/** This number of digits distinguishes any two Float32 numbers. */
const FLOAT32_DIGITS = 9;

/**
 * Writes one file for each recording, `<person>/<number>.csv`, with its time stamps and activities. All recordings must
 * have the same channels.
 *
 * @throws InvalidInput when there are none, the folder is not empty, channels differ, or a person's name cannot be the
 *   name of a folder.
 */
export async function writeCsvFolder(folder: string, recordings: Iterable<RawRecording>): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new InvalidInput(folder, [{ path: '', message: 'expected a new or empty folder, found files in it' }]);
  }
  let channels: readonly string[] | undefined;
  const written = new Map<string, number>();
  for (const recording of recordings) {
    channels ??= recording.channels;
    checkRecording(recording, channels);
    const number = (written.get(recording.subject) ?? 0) + 1;
    written.set(recording.subject, number);
    await mkdir(join(folder, recording.subject), { recursive: true });
    const name = `${String(number).padStart(3, '0')}.csv`;
    await writeFile(join(folder, recording.subject, name), csvText(recording));
  }
  if (!channels) {
    throw new InvalidInput(folder, [{ path: '', message: 'expected recordings to write, found none' }]);
  }
  await writeFile(join(folder, MANIFEST_FILE), stringify(manifestOf(channels)));
}

function manifestOf(channels: readonly string[]): CsvManifest {
  return {
    path: '{person}/*.csv',
    activity: { column: ACTIVITY_COLUMN },
    time: { column: TIME_COLUMN, unit: 's' },
    unit: 'g',
    channels: Object.fromEntries(channels.map((channel) => [channel, channel])),
  };
}

function checkRecording({ subject, source, channels }: RawRecording, expected: readonly string[]): void {
  if (channels.join('\n') !== expected.join('\n')) {
    const message = `expected ${expected.join(', ')} as in the recordings before, found ${channels.join(', ')}`;
    throw new InvalidInput(source, [{ path: 'channels', message }]);
  }
  if (!/^[^./\\][^/\\]*$/.test(subject)) {
    const message = `expected a name that can be a folder's, found "${subject}"`;
    throw new InvalidInput(source, [{ path: 'person', message }]);
  }
}

function csvText(recording: RawRecording): string {
  const { channels, samples, labels } = recording;
  const seconds = sampleTimes(recording);
  const lines = [[TIME_COLUMN, ACTIVITY_COLUMN, ...channels].map(csvField).join(',')];
  const names = (labels?.names ?? []).map(csvField);
  for (let time = 0; time < sampleCount(recording); time++) {
    const values = Array.from(samples.subarray(time * channels.length, (time + 1) * channels.length), (value) =>
      String(Number(value.toPrecision(FLOAT32_DIGITS))),
    );
    lines.push([String(seconds[time]), names[labels?.ofSample[time] ?? NO_ACTIVITY] ?? '', ...values].join(','));
  }
  return `${lines.join('\n')}\n`;
}
