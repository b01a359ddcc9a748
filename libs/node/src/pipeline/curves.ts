/**
 * The curves of a run, written while it goes on: a table for all steps, and a file for each step that TensorBoard can
 * read while it grows.
 */

import type { Evaluation } from '@gaitway/core';
import type { EpochReport } from '@gaitway/core/train';
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import { csvField } from '../files/csv-field.js';
import { type PipelineFolder, stepName, type StepPlace } from './pipeline-folder.js';
import { eventFileName, type Scalar, scalarRecord, versionRecord } from '../files/event-bytes.js';

export interface Curves {
  epoch(place: StepPlace, report: EpochReport): Promise<void>;
  /** @param epochs - Number of the step's epochs before the evaluation. */
  evaluation(place: StepPlace, epochs: number, evaluation: Evaluation): Promise<void>;
}

/** Starts the table. The file of a step is created with its first figures. */
export async function startCurves(folder: PipelineFolder, now: () => Date): Promise<Curves> {
  await writeFileAtomically(folder.metrics, 'step,tag,epoch,training_loss,validation_loss,learning_rate\n');
  const files = new Map<number, EventFile>();
  const append = async (place: StepPlace, epoch: number, scalars: readonly Scalar[]): Promise<void> => {
    const path = join(folder.path, 'events', stepName(place));
    const file = files.get(place.index) ?? (await createEventFile(path, now()));
    files.set(place.index, file);
    await file.append(now(), epoch, scalars);
  };
  return {
    epoch: async (place, { epoch, trainingLoss, validationLoss, learningRate }) => {
      const row = [place.index, csvField(place.tag), epoch, trainingLoss, validationLoss ?? '', learningRate];
      await appendFile(folder.metrics, `${row.join(',')}\n`);
      await append(place, epoch, [
        { tag: 'loss/training', value: trainingLoss },
        ...(validationLoss === undefined ? [] : [{ tag: 'loss/validation', value: validationLoss }]),
        { tag: 'learning_rate', value: learningRate },
      ]);
    },
    evaluation: (place, epochs, { weightedF1, macroF1, accuracy }) =>
      append(place, epochs, [
        { tag: 'test/weighted_f1', value: weightedF1 },
        { tag: 'test/macro_f1', value: macroF1 },
        { tag: 'test/accuracy', value: accuracy },
      ]),
  };
}

export interface EventFile {
  readonly path: string;
  /** Appends values of a step, with a time. */
  append(time: Date, step: number, scalars: readonly Scalar[]): Promise<void>;
}

/** Creates a file in `folder`, which TensorBoard shows as a separate run. */
export async function createEventFile(folder: string, now: Date): Promise<EventFile> {
  const path = join(folder, eventFileName(now));
  await mkdir(folder, { recursive: true });
  await appendFile(path, versionRecord(seconds(now)));
  return {
    path,
    append: (time, step, scalars) => appendFile(path, scalarRecord(seconds(time), step, scalars)),
  };
}

function seconds(time: Date): number {
  return time.getTime() / 1000;
}
