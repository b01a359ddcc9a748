/** One process at a time in a folder: who works there leaves a note, and looks for those of others. */

import { InvalidInput, parseInput } from '@gaitway/core';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from './atomic-write.js';
import { parseJson } from './json-lines.js';

/** A process that works in a folder. */
interface Claim {
  readonly pid: number;
  readonly host: string;
  /** When the process began, by the system's own count; absent where the system does not tell. */
  readonly start?: string;
  /** ISO 8601, in UTC. */
  readonly since: string;
}

const claimSchema: z.ZodType<Claim> = z.strictObject({
  pid: z.int().positive(),
  host: z.string(),
  start: z.string().exactOptional(),
  since: z.iso.datetime(),
});

const CLAIM = /^running-[0-9a-f-]+\.json$/;

/**
 * Claims a folder for this process. The note of a process that was killed does not count, and is removed. Each note has
 * a name of its own, so removing an old one never takes away a new one: of two that begin together at most one goes on.
 *
 * @returns Gives the folder back when it is disposed of.
 * @throws InvalidInput when another process works in the folder, or one on another machine may.
 */
export async function claimFolder(folder: string): Promise<AsyncDisposable> {
  const own = join(folder, `running-${randomUUID()}.json`);
  const start = await processStart(process.pid);
  const since = new Date().toISOString();
  const claim: Claim = { pid: process.pid, host: hostname(), ...(start !== undefined && { start }), since };
  await writeFileAtomically(own, `${JSON.stringify(claim)}\n`);
  const giveBack = (): Promise<void> => rm(own, { force: true });
  try {
    await refuseOthers(folder, own);
  } catch (error) {
    await giveBack();
    throw error;
  }
  return { [Symbol.asyncDispose]: giveBack };
}

async function refuseOthers(folder: string, own: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((entry) => CLAIM.test(entry))) {
    const path = join(folder, name);
    const claim = path === own ? undefined : await readClaim(path);
    if (claim && (await isOver(claim))) {
      await rm(path, { force: true });
    } else if (claim) {
      throw new InvalidInput(folder, [{ path: '', message: takenMessage(claim, path) }]);
    }
  }
}

/** Undefined when it is gone again. */
async function readClaim(path: string): Promise<Claim | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseInput(claimSchema, parseJson(text, path), path);
}

function takenMessage({ pid, host, since }: Claim, path: string): string {
  const found = `expected a folder in which no other process works, found process ${pid} on ${host}, since ${since}`;
  return host === hostname()
    ? `${found}: wait for its end, or choose another folder`
    : `${found}: wait for its end, or delete ${path} when it has none to come`;
}

/** Whether the process has ended for certain; nobody knows that of another machine's. */
async function isOver({ pid, host, start }: Claim): Promise<boolean> {
  return host === hostname() && (!isAlive(pid) || (await processStart(pid)) !== start);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is there too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Tells a process from a later one with the same number: its 22nd field in Linux's /proc/PID/stat. */
async function processStart(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field, the program's name, may hold spaces and ends with the last bracket.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}
