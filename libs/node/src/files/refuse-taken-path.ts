/** Keeps a command from writing over a file that it has not written, or into a folder that is not there. */

import { InvalidInput } from '@gaitway/core';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { foundInstead } from './read-file.js';

/**
 * Passes when a new file can be written to a path. Commands call this before they read recordings.
 *
 * @throws InvalidInput when something is there already, or its folder is not
 */
export async function refuseTakenPath(path: string): Promise<void> {
  const folder = dirname(path);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw new InvalidInput(path, [{ path: '', message: `expected a path in a folder, found no folder ${folder}` }]);
  }
  const found = (await foundInstead(path)) ?? 'a file';
  if (found !== 'nothing') {
    throw new InvalidInput(path, [{ path: '', message: `expected a new file, found ${found}: choose another name` }]);
  }
}
