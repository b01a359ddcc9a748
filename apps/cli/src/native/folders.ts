/**
 * The folders inside `.native`: `tensorflow` holds a backend that has proved itself; `building-<process>` is one at
 * work, so that half an installation never looks like a whole one.
 */

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const BUILDING = 'building-';

/** A fresh place to build in, beside the final one; it goes when the process ends. */
export function buildingFolder(final: string): string {
  const folder = join(dirname(final), `${BUILDING}${process.pid}`);
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Removes the building folders of processes that were killed. */
export function removeStale(final: string): void {
  const parent = dirname(final);
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    if (name.startsWith(BUILDING) && !isRunning(Number(name.slice(BUILDING.length)))) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

/** Puts what was built in its final place, instead of what was there. */
export async function moveInto(final: string, built: string): Promise<void> {
  await rm(final, { recursive: true, force: true });
  await rename(built, final);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
