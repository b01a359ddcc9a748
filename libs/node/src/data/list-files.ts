/** The files of a data folder. */

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { InvalidInput } from '@gaitway/core';

/**
 * All files at any depth, relative to the folder with `/` between the parts, sorted. Hidden files and folders are left
 * out, and links are not followed: what is read lies in the folder.
 *
 * @throws InvalidInput when there is no such folder.
 */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
    .filter((parts) => !parts.some((part) => part.startsWith('.')))
    .map((parts) => parts.join('/'))
    .sort();
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const found = code === 'ENOENT' ? 'nothing of that name' : code === 'ENOTDIR' ? 'a file' : undefined;
    if (found === undefined) {
      throw error;
    }
    throw new InvalidInput(folder, [{ path: '', message: `expected a folder, found ${found}` }]);
  }
}
