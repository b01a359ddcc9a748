/** Writes a file whole or not at all, so that a crash never leaves half of it. */

import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Puts `content` at `path`: into a temporary file beside it, onto the disk, then renamed over whatever was there.
 * Readers see the old file or the new one; after a power cut too.
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
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
