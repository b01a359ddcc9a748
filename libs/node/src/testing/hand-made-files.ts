/** The model that can be worked out by hand as a file, and recordings for it. */

import type { RawRecording } from '@gaitway/core';
import { encodeModel } from '@gaitway/core/classifier';
import { handMadeMetadata, handMadeParameters } from '@gaitway/core/testing/hand-made-model';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCsvFolder } from '../data/write-csv-folder.js';
import type { DataSource } from '../study/load-data.js';
import type { Reporter } from '../terminal/reporter.js';
import { temporaryFolder } from './temporary-folder.js';

/** A recording at 10 Hz of the one channel x, in g, all of one activity. */
export interface HandMadeRecording {
  readonly person: string;
  readonly x: readonly number[];
  readonly activity: string;
  /** Time of the first sample; 0 if absent. */
  readonly from?: number;
}

export interface HandMadeFiles {
  /** Temporary folder, in which further files can be stored. */
  readonly folder: string;
  /** Path of the model. */
  readonly model: string;
  readonly source: DataSource;
  readonly reporter: Reporter;
  /** What was told as a warning. */
  readonly warnings: readonly string[];
  readonly signal: AbortSignal;
}

/** @param changes - Keys of the model's metadata to replace. */
export async function writeHandMadeFiles(
  recordings: readonly HandMadeRecording[],
  changes: object = {},
): Promise<HandMadeFiles> {
  const folder = await temporaryFolder();
  const model = join(folder, 'made.safetensors');
  await writeFile(model, await encodeModel(handMadeParameters, { ...handMadeMetadata, ...changes }));
  const data = join(folder, 'data');
  await writeCsvFolder(data, recordings.map(rawRecording));
  const warnings: string[] = [];
  const silent = (): void => undefined;
  const warn = (text: string): void => {
    warnings.push(text);
  };
  const reporter = { line: silent, status: silent, outcome: silent, warn };
  return { folder, model, source: { folder: data }, reporter, warnings, signal: new AbortController().signal };
}

function rawRecording({ person, x, activity, from = 0 }: HandMadeRecording): RawRecording {
  return {
    subject: person,
    source: person,
    channels: ['x'],
    samples: Float32Array.from(x),
    timing: { seconds: Float64Array.from(x, (_, index) => from + index / 10) },
    labels: { names: [activity], ofSample: new Uint8Array(x.length) },
  };
}
