/** Writes a file completely or not at all, so that a crash never leaves half of it. */

import { randomUUID } from 'node:crypto';
import { link, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface WriteOptions {
  /** Permissions of the file, before the umask of the process is applied. */
  readonly mode?: number;
  /** Must have resolved before the file takes its place. */
  readonly after?: Promise<void>;
}

/** What a file will hold: in pieces, one after the other, or text that is made while it is written. */
type Content = string | Uint8Array | readonly Uint8Array[] | AsyncIterable<string>;

/**
 * Writes `content` to a temporary file beside `path`, flushes it to the disk, and renames it over whatever was there.
 * Readers see either the old file or the new one, even after a power failure. Where content that is made while it is
 * written fails, nothing is left.
 */
export async function writeFileAtomically(
  path: string,
  content: Content,
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

/**
 * Writes a file as {@link writeFileAtomically} does, but leaves one that is there: of several writers at the same time, the
 * first one wins.
 */
export async function writeFileOnce(path: string, content: string, { mode = 0o666 }: WriteOptions = {}): Promise<void> {
  const complete = `${path}.${randomUUID()}.tmp`;
  await writeFileAtomically(complete, content, { mode });
  try {
    await link(complete, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  } finally {
    await rm(complete, { force: true });
  }
  await syncFolder(dirname(path));
}

async function writeAll(file: FileHandle, content: Content): Promise<void> {
  if (typeof content === 'object' && Symbol.asyncIterator in content) {
    for await (const text of content) {
      await writePieces(file, text);
    }
  } else {
    await writePieces(file, content);
  }
}

/** Usually writes all pieces at once, but a disk that is nearly full may accept only some of them. */
async function writePieces(file: FileHandle, content: Exclude<Content, AsyncIterable<string>>): Promise<void> {
  let pieces = [content].flat().map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
  while (pieces.length > 0) {
    const { bytesWritten } = await file.writev(pieces);
    pieces = behind(pieces, bytesWritten);
  }
}

/** The rest of some pieces after their first bytes have been written. */
function behind(pieces: readonly Uint8Array[], written: number): Uint8Array[] {
  let start = 0;
  return pieces.flatMap((piece) => {
    const left = piece.subarray(Math.max(0, written - start));
    start += piece.length;
    return left.length > 0 ? [left] : [];
  });
}

const TEMPORARY = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** Removes temporary files that killed processes left behind. */
export async function removeTemporaries(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((entry) => TEMPORARY.test(entry))) {
    await rm(join(folder, name), { force: true });
  }
}

/** Flushes the entries of a folder to the disk: without this a power failure can undo a rename. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder as a file, and writes entries through by itself.
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
