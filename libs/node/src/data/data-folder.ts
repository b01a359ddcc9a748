/** A folder of recordings: its layout and its files, before any of them is opened. */

import { join, relative, sep } from 'node:path';
import { inNaturalOrder, InvalidInput, type Layout, type PathFacts, type RawRecording } from '@gaitway/core';
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { filesText, pickLayout } from './pick-layout.js';
import { readText } from './read-text.js';

export interface DataFolderOptions {
  /** One of `layoutNames`; found out from the files where absent. */
  readonly layout?: string;
  /** Only these people; everybody where absent. */
  readonly people?: readonly string[];
}

/** A file of the folder's layout, with what its path says. */
export interface DataFile extends PathFacts {
  /** Relative to the folder, with `/` between the parts. */
  readonly path: string;
}

export interface DataFolder {
  readonly folder: string;
  readonly layout: Layout;
  /** Sorted by path; without those of which the path says that they are other people's. */
  readonly files: readonly DataFile[];
  /** Files that are none of the layout's. */
  readonly otherFiles: number;
}

/**
 * Looks into a folder without opening a recording.
 *
 * @throws InvalidInput when there is no folder, no file of the layout, no fitting layout, or no file of one of the
 *   people although the paths tell whose each file is.
 */
export async function openDataFolder(folder: string, options: DataFolderOptions = {}): Promise<DataFolder> {
  const paths = await listFiles(folder);
  const layout = await pickLayout({ folder, paths }, options.layout);
  const all = paths.flatMap((path): DataFile[] => {
    const facts = layout.recognise(path);
    return facts ? [{ path, ...facts }] : [];
  });
  if (all.length === 0) {
    const message = `expected files ${layout.files} of the layout ${layout.name}, found ${filesText(paths)}`;
    throw new InvalidInput(folder, [{ path: '', message }]);
  }
  const { people } = options;
  if (people && all.every(({ subject }) => subject !== undefined)) {
    const present = new Set(all.map(({ subject }) => subject ?? ''));
    refuseAbsent(folder, people, present);
  }
  const files = all.filter(({ subject }) => subject === undefined || (people?.includes(subject) ?? true));
  return { folder, layout, files, otherFiles: paths.length - all.length };
}

/**
 * The recordings of one file.
 *
 * @throws InvalidInput naming file, line and column where the file is not what it should be.
 */
export async function readDataFile({ folder, layout }: DataFolder, path: string): Promise<readonly RawRecording[]> {
  return layout.parse(await readText(join(folder, path), path), path);
}

/**
 * Passes when all of the people are there.
 *
 * @throws InvalidInput naming who is not, and who is.
 */
export function refuseAbsent(folder: string, people: readonly string[], present: ReadonlySet<string>): void {
  const absent = people.filter((person) => !present.has(person));
  if (absent.length > 0) {
    const there = inNaturalOrder(present).join(', ');
    const message = `expected recordings of ${absent.join(', ')}; found those of ${there} only`;
    throw new InvalidInput(folder, [{ path: 'people', message }]);
  }
}

/**
 * All files at any depth, relative to the folder with `/` between the parts, sorted. Hidden files and folders are left
 * out, and links are not followed: what is read lies in the folder.
 *
 * @throws InvalidInput when there is no such folder.
 */
async function listFiles(folder: string): Promise<readonly string[]> {
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
