/** Checks that files which other files name exist. */

import { InvalidInput } from '@gaitway/core';
import { foundInstead } from './read-file.js';

/** The place where a file is named. */
export interface NamedBy {
  /** The file that names it. */
  readonly file: string;
  /** Path in that file: `stages[0].from.model`. */
  readonly place: string;
}

/**
 * Passes when there is a file at a path.
 *
 * @param what - What it should be, for the message: `a label file`
 * @throws InvalidInput with the place that names it.
 */
export async function refuseAbsentFile(path: string, what: string, { file, place }: NamedBy): Promise<void> {
  const found = await foundInstead(path);
  if (found !== undefined) {
    throw new InvalidInput(file, [{ path: place, message: `expected ${what}, found ${found} at ${path}` }]);
  }
}
