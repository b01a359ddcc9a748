/** Reads models that other files name. */

import { dirname, resolve } from 'node:path';
import { readModel, type StoredModel } from './model-file.js';
import { refuseAbsentFile } from '../files/refuse-absent-file.js';

/**
 * Reads a model whose path is relative to the file that names it.
 *
 * @param file - The file that names the model
 * @param place - Path in that file, for messages
 * @throws InvalidInput when there is no such file, or it is not a model
 */
export async function readModelBeside(file: string, path: string, place: string): Promise<StoredModel> {
  const found = resolve(dirname(file), path);
  await refuseAbsentFile(found, "a model's file", { file, place });
  return readModel(found);
}
