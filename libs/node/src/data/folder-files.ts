/** The files of a folder, at any depth, those in zip archives among them. */

import { InvalidInput } from '@gaitway/core';
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path/posix';
import { bytesOf, fileSource, gunzipped } from '../files/file-bytes.js';
import { faultInWords } from '../files/file-fault.js';
import { decodedText } from '../files/read-file.js';
import { type ByteSource, type ZipEntry, zipDirectory } from '../files/zip-directory.js';
import { entryBytes } from '../files/zip-entry.js';
import type { LeftAlone } from './left-alone.js';

/** What is in a folder, and how to read it. */
export interface FolderFiles {
  /** Relative to the folder with `/` as the separator, sorted; `walks/ann.csv` may be in an archive `walks.zip`. */
  readonly paths: readonly string[];
  readonly leftAlone: readonly LeftAlone[];
  /**
   * The bytes of a file, piece by piece, unpacked where its name ends with `.gz`.
   *
   * @param onBytes - Receives the number of bytes of each piece as it lies on the disk.
   */
  bytes(path: string, onBytes?: (count: number) => void): AsyncIterable<Uint8Array>;
  /** Number of bytes on the disk; 0 for a file that has gone, which is told of when it is read. */
  sizeOf(path: string): Promise<number>;
}

/** A file in an archive. */
interface PackedFile {
  readonly archive: ByteSource;
  readonly entry: ZipEntry;
}

const ARCHIVE = /\.zip$/i;

/**
 * All files at any depth. Hidden files and folders are left out, and links are not followed, so everything that is read
 * is in the folder. An archive `walks.zip` is read as a folder `walks`, in which files that lie unpacked come first; one
 * whose files lie unpacked beside it is not read. The folder may be an archive itself. Archives that are damaged, or
 * whose paths lead out of them, are left alone.
 *
 * @throws InvalidInput when there is no such folder or archive.
 */
export async function openFiles(folder: string): Promise<FolderFiles> {
  const isArchive = ARCHIVE.test(folder) && (await isFile(folder));
  if (isArchive) {
    const packed = new Map(await filesInArchive(folder, folder));
    return { paths: [...packed.keys()].sort(), leftAlone: [], ...readersOf(folder, packed) };
  }
  const { paths, leftAlone } = await listFiles(folder);
  const there = new Set(paths);
  const archives = paths.filter((path) => ARCHIVE.test(path));
  const packed = new Map<string, PackedFile>();
  const damaged: LeftAlone[] = [];
  for (const archive of archives) {
    try {
      for (const [path, file] of await filesToUnpack(folder, archive, there)) {
        packed.set(path, file);
      }
    } catch (error) {
      if (!(error instanceof InvalidInput)) {
        throw error;
      }
      damaged.push({ path: archive, why: `${error.issues[0]?.message ?? ''}; pack it anew, or remove it` });
    }
  }
  const unpacked = paths.filter((path) => !archives.includes(path));
  const all = [...unpacked, ...packed.keys()].sort();
  return { paths: all, leftAlone: [...leftAlone, ...damaged], ...readersOf(folder, packed) };
}

/** The files of an archive that do not lie unpacked, by their paths in the folder. */
async function filesToUnpack(
  folder: string,
  archive: string,
  there: ReadonlySet<string>,
): Promise<readonly (readonly [string, PackedFile])[]> {
  const inside = await filesInArchive(join(folder, archive), archive);
  const isUnpacked = inside.every(([path]) => there.has(join(dirname(archive), path)));
  return isUnpacked
    ? []
    : inside
        .map(([path, file]) => [join(archive.replace(ARCHIVE, ''), path), file] as const)
        .filter(([path]) => !there.has(path));
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

async function filesInArchive(path: string, source: string): Promise<readonly (readonly [string, PackedFile])[]> {
  const archive = fileSource(path, (await stat(path)).size);
  return (await zipDirectory(archive, source)).map((entry) => [entry.path, { archive, entry }]);
}

function readersOf(folder: string, packed: ReadonlyMap<string, PackedFile>): Pick<FolderFiles, 'bytes' | 'sizeOf'> {
  return {
    bytes: (path, onBytes = () => undefined) => {
      const file = packed.get(path);
      return file
        ? gunzipped(entryBytes(file.archive, file.entry, { source: path, onBytes }), path)
        : bytesOf(join(folder, path), path, onBytes);
    },
    sizeOf: async (path) => {
      const file = packed.get(path);
      return file ? file.entry.packedSize : ((await stat(join(folder, path)).catch(() => undefined))?.size ?? 0);
    },
  };
}

/**
 * The text of a file in UTF-8.
 *
 * @throws InvalidInput when it cannot be read, or is in another encoding
 */
export async function textIn(files: FolderFiles, path: string): Promise<string> {
  return decodedText(await wholeFile(files, path), path);
}

/** All bytes of a file. */
export async function wholeFile(
  files: FolderFiles,
  path: string,
  onBytes?: (count: number) => void,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of files.bytes(path, onBytes)) {
    pieces.push(Uint8Array.from(piece));
  }
  return Buffer.concat(pieces);
}

async function listFiles(folder: string): Promise<Pick<FolderFiles, 'paths' | 'leftAlone'>> {
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
