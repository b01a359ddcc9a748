/** The model that a command is given: a file, or a run's folder, which stands for its final model. */

import { InvalidInput } from '@gaitway/core';
import { digestBytes } from '@gaitway/core/internal';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readBytes } from '../files/read-file.js';
import { MODEL_FILE } from '../models/model-file.js';
import { readRun, type Run } from './read-run.js';

/** A model's file as it was found. */
export interface GivenModel {
  /** Path of the model's file. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** The run whose folder was given; absent where a file was given. */
  readonly run?: Run;
}

/**
 * Reads the model at a path.
 *
 * @param path - Of a model's file, or of a finished run's folder
 * @throws InvalidInput when there is neither, and when the final model is no longer the one that the run has stored
 */
export async function readGivenModel(path: string): Promise<GivenModel> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    return { file: path, bytes: await readBytes(path, `${MODEL_FILE}, or a run's folder`) };
  }
  const run = await readRun(path);
  const { model } = run.result;
  const file = join(path, model.path);
  const bytes = await readBytes(file, MODEL_FILE);
  const sha256 = await digestBytes(bytes);
  if (sha256 !== model.sha256) {
    const message = `expected ${model.sha256}, as in ${run.folder.result}, found ${sha256}: the model was changed`;
    throw new InvalidInput(file, [{ path: 'SHA-256 of the file', message }]);
  }
  return { file, bytes, run };
}
