/**
 * Reads whole files whose paths people or other files name: there may be a folder, a pipe that never ends or nothing at
 * all in their place.
 */

import { InvalidInput } from '@gaitway/core';
import { constants } from 'node:buffer';
import { readdir, readFile, stat } from 'node:fs/promises';
import { faultInWords } from './file-fault.js';

/**
 * The bytes of a file.
 *
 * @param what - What it should be, for messages: `a study file`
 * @throws InvalidInput when there is no regular file at the path, or it cannot be read
 */
export async function readBytes(path: string, what = 'a file'): Promise<Buffer> {
  const found = await foundInstead(path);
  if (found !== undefined) {
    throw new InvalidInput(path, [{ path: '', message: `expected ${what}, found ${found}` }]);
  }
  try {
    return await readFile(path);
  } catch (error) {
    throw new InvalidInput(path, [{ path: '', message: `expected ${what}, but ${faultInWords(error)}` }]);
  }
}

/**
 * The text of a UTF-8 file.
 *
 * @param source - Name of the file in messages
 * @throws InvalidInput as `readBytes` does, and when the file is in another encoding, or not text at all
 */
export async function readText(path: string, source: string = path, what?: string): Promise<string> {
  const bytes = await readBytes(path, what);
  if (bytes.length > constants.MAX_STRING_LENGTH) {
    const message = `expected at most ${constants.MAX_STRING_LENGTH} bytes of text, found ${bytes.length}`;
    throw new InvalidInput(source, [{ path: '', message }]);
  }
  return decodedText(bytes, source);
}

/** @throws InvalidInput when the bytes are in another encoding, or not text at all */
export function decodedText(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInput(source, [{ path: '', message: 'expected text in UTF-8, found other bytes' }]);
  }
}

/**
 * The names in a folder.
 *
 * @throws InvalidInput when there is none, or it cannot be read
 */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw new InvalidInput(folder, [{ path: '', message: `expected a folder, but ${faultInWords(error)}` }]);
  }
}

const NOTHING = 'nothing';

/**
 * What `read` makes of a file that need not be there; undefined where there is nothing at the path.
 *
 * @throws InvalidInput when there is something that cannot be read
 */
export async function readWhereThere<T>(path: string, read: (path: string) => Promise<T>): Promise<T | undefined> {
  if ((await foundInstead(path)) === NOTHING) {
    return undefined;
  }
  try {
    return await read(path);
  } catch (error) {
    if ((await foundInstead(path)) === NOTHING) {
      return undefined; // another process has removed it meanwhile
    }
    throw error;
  }
}

/** @throws InvalidInput when there is something at the path, and it is no regular file */
export async function refuseOtherThanFile(path: string, what: string): Promise<void> {
  const found = await foundInstead(path);
  if (found !== undefined && found !== NOTHING) {
    throw new InvalidInput(path, [{ path: '', message: `expected ${what}, found ${found}` }]);
  }
}

/** What is at a path in place of a regular file; undefined where there is one. Opening a pipe would wait for ever. */
export async function foundInstead(path: string): Promise<string | undefined> {
  try {
    const entry = await stat(path);
    if (entry.isDirectory()) {
      return 'a folder';
    }
    return entry.isFile() ? undefined : 'a device, a pipe or a socket';
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isAbsent ? NOTHING : `something that cannot be read: ${faultInWords(error)}`;
  }
}
