/** Reads text files. */

import { readFile } from 'node:fs/promises';
import { InvalidInput } from '@gaitway/core';

/**
 * The text of a UTF-8 file.
 *
 * @param source - Name of the file in messages.
 * @throws InvalidInput when it is in another encoding, or not text at all.
 */
export async function readText(path: string, source: string): Promise<string> {
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInput(source, [{ path: '', message: 'expected text in UTF-8, found other bytes' }]);
  }
}
