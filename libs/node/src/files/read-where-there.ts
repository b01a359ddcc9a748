/** Reading a file that need not be there. */

import { InvalidInput } from '@gaitway/core';
import { readFile } from 'node:fs/promises';

/**
 * The text of a file; undefined where there is none.
 *
 * @throws InvalidInput when there is something that cannot be read
 */
export async function readWhereThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      return undefined;
    }
    throw new InvalidInput(path, [{ path: '', message: `cannot be read: ${message}` }]);
  }
}
