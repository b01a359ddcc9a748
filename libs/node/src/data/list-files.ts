/** The files of a folder, at any depth. */

import { InvalidInput } from '@gaitway/core';
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { faultInWords } from '../files/file-fault.js';
import type { LeftAlone } from './left-alone.js';

/** What is in a folder. */
export interface Listing {
  /** Relative to the folder with `/` as the separator, sorted. */
  readonly paths: readonly string[];
  readonly leftAlone: readonly LeftAlone[];
}

/**
 * All files at any depth. Hidden files and folders are left out, and links are not followed, so everything that is read
 * is in the folder.
 *
 * @throws InvalidInput when there is no such folder.
 */
export async function listFiles(folder: string): Promise<Listing> {
  const paths: string[] = [];
  const leftAlone: LeftAlone[] = [];
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    const entries = await entriesOf(folder, below);
    if (entries === undefined) {
      leftAlone.push({ path: below, why: 'this user may not read the folder; allow it, or remove the folder' });
      continue;
    }
    for (const entry of entries.filter(({ name }) => !name.startsWith('.'))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        waiting.push(path);
      } else if (entry.isSymbolicLink()) {
        leftAlone.push({ path, why: 'links are not followed; put what they lead to into the folder, or remove them' });
      } else if (entry.isFile()) {
        paths.push(path);
      }
    }
  }
  return { paths: paths.sort(), leftAlone: leftAlone.toSorted((one, other) => (one.path < other.path ? -1 : 1)) };
}

/** Undefined for a folder below the data folder that may not be read. */
async function entriesOf(folder: string, below: string): Promise<readonly Dirent[] | undefined> {
  try {
    return await readdir(join(folder, below), { withFileTypes: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (below !== '' && (code === 'EACCES' || code === 'EPERM')) {
      return undefined;
    }
    const found = code === 'ENOENT' ? 'nothing of that name' : code === 'ENOTDIR' ? 'a file' : undefined;
    const fault = found === undefined ? `but ${faultInWords(error)}` : `found ${found}`;
    throw new InvalidInput(join(folder, below), [{ path: '', message: `expected a folder, ${fault}` }]);
  }
}
