/** Writes a file whole or not at all, so that a crash never leaves half of it. */

import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface WriteOptions {
  /** Who may read and write it, before the process's mask. */
  readonly mode?: number;
  /** What must be on the disk before this takes its place. */
  readonly after?: Promise<void>;
}

/**
 * Puts `content` at `path`: into a temporary file beside it, onto the disk, then renamed over whatever was there.
 * Readers see the old file or the new one; after a power cut too.
 *
 * @param content - Bytes can be in pieces, one after the other
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array | readonly Uint8Array[],
  { mode = 0o666, after }: WriteOptions = {},
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await writeAll(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
    await after;
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** All pieces at once, as a rule: a disk that is nearly full can take some first. */
async function writeAll(file: FileHandle, content: string | Uint8Array | readonly Uint8Array[]): Promise<void> {
  let pieces = [content].flat().map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
  while (pieces.length > 0) {
    const { bytesWritten } = await file.writev(pieces);
    pieces = behind(pieces, bytesWritten);
  }
}

/** What is left of pieces when their first bytes are written. */
function behind(pieces: readonly Uint8Array[], written: number): Uint8Array[] {
  let start = 0;
  return pieces.flatMap((piece) => {
    const left = piece.subarray(Math.max(0, written - start));
    start += piece.length;
    return left.length > 0 ? [left] : [];
  });
}

const TEMPORARY = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** Removes what processes that were killed left of files that they were writing. */
export async function removeTemporaries(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((entry) => TEMPORARY.test(entry))) {
    await rm(join(folder, name), { force: true });
  }
}

/** Puts the names in a folder onto the disk: without it a power cut can undo a rename. */
async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folder as a file, and writes names through by itself.
  if (process.platform === 'win32') {
    return;
  }
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
