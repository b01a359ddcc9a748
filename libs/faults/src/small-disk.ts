/** A disk with little room, to fill. */

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk extends AsyncDisposable {
  /** Its folder. */
  readonly path: string;
  /** Leaves so many bytes of room, rounded down to whole blocks of the disk. */
  fill(free: number): Promise<void>;
  /** Gives the room back. */
  empty(): Promise<void>;
}

/**
 * Mounts a disk in memory. Disposing of it takes it away with all that is on it.
 *
 * @param bytes - Its size
 * @returns undefined where this user or system may not mount: skip what needs it, and say so
 */
export async function openSmallDisk(bytes: number): Promise<SmallDisk | undefined> {
  const path = await mkdtemp(join(tmpdir(), 'gaitway-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]);
  if (status !== 0) {
    await rm(path, { recursive: true });
    return undefined;
  }
  const filler = join(path, '.filler');
  const empty = (): Promise<void> => rm(filler, { force: true });
  return {
    path,
    empty,
    fill: async (free) => {
      await empty();
      const { bavail, bsize } = await statfs(path);
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail - Math.floor(free / bsize)) * bsize));
    },
    [Symbol.asyncDispose]: async () => {
      spawnSync('umount', [path]);
      await rm(path, { recursive: true });
    },
  };
}
