/** Text files. */

import { readFile } from 'node:fs/promises';
import { InvalidInput } from '@gaitway/core';

/**
 * The text of a file in UTF-8.
 *
 * @param source - What to call the file in messages.
 * @throws InvalidInput when it is in another encoding, or no text at all.
 */
export async function readText(path: string, source: string): Promise<string> {
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInput(source, [{ path: '', message: 'expected text in UTF-8, found other bytes' }]);
  }
}
