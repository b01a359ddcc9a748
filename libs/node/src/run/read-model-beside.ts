/** Models that other files name. */

import { InvalidInput } from '@gaitway/core';
import { dirname, resolve } from 'node:path';
import { readModel, type StoredModel } from './model-file.js';
import { exists } from './run-folder.js';

/**
 * Reads a model whose path is relative to the file that names it.
 *
 * @param file - Names the model
 * @param place - Where in that file, for messages
 * @throws InvalidInput when there is no such file, or it is no model
 */
export async function readModelBeside(file: string, path: string, place: string): Promise<StoredModel> {
  const found = resolve(dirname(file), path);
  if (!(await exists(found))) {
    throw new InvalidInput(file, [{ path: place, message: `expected a model's file, found nothing at ${found}` }]);
  }
  return readModel(found);
}
