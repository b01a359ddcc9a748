/** Notes in a folder that say which process works there. */

import { parseInput } from '@gaitway/core';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from './atomic-write.js';
import { parseJson } from './json-lines.js';

/** A process that works in a folder. */
export interface Claim {
  readonly pid: number;
  readonly host: string;
  /** When the process began, by the system's own count; absent where the system does not tell. */
  readonly start?: string;
  /** ISO 8601, in UTC. */
  readonly since: string;
  /** The process works on other runs too: this one ends when it is told so in {@link stopNoteOf | a note}. */
  readonly oneOfSeveral?: true;
}

/** A claim as it lies in its folder. */
export interface FoundClaim extends Claim {
  /** Of the note. */
  readonly path: string;
}

const claimSchema: z.ZodType<Claim> = z.strictObject({
  pid: z.int().positive(),
  host: z.string(),
  start: z.string().exactOptional(),
  since: z.iso.datetime(),
  oneOfSeveral: z.literal(true).exactOptional(),
});

const CLAIM = /^running-[0-9a-f-]+\.json$/;

/** What a process says of its work in a folder. */
export type ClaimKind = Pick<Claim, 'oneOfSeveral'>;

/** Leaves a note of this process under a name of its own, and says where. */
export async function leaveClaim(folder: string, { oneOfSeveral }: ClaimKind): Promise<string> {
  const path = join(folder, `running-${randomUUID()}.json`);
  const start = await processStart(process.pid);
  const since = new Date().toISOString();
  const claim: Claim = {
    pid: process.pid,
    host: hostname(),
    ...(start !== undefined && { start }),
    since,
    ...(oneOfSeveral && { oneOfSeveral }),
  };
  await writeFileAtomically(path, `${JSON.stringify(claim)}\n`);
  return path;
}

/** Where whoever wants the work of a claim to end leaves a note. */
export function stopNoteOf(claim: string): string {
  return join(dirname(claim), basename(claim).replace('running', 'stop'));
}

/**
 * All notes in a folder, those of processes that have ended among them; the earliest first.
 *
 * @throws InvalidInput when one is damaged.
 */
export async function readClaims(folder: string): Promise<readonly FoundClaim[]> {
  const claims: FoundClaim[] = [];
  for (const name of (await readdir(folder)).filter((entry) => CLAIM.test(entry))) {
    const path = join(folder, name);
    // One that is gone again has been given back.
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) {
      claims.push({ ...parseInput(claimSchema, parseJson(text, path), path), path });
    }
  }
  return claims.sort((a, b) => a.since.localeCompare(b.since));
}

/** Whether the process has ended for certain; nobody knows that of another machine's. */
export async function isOver({ pid, host, start }: Claim): Promise<boolean> {
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

/** Of a process that has ended, and whose end nobody has asked about yet. */
const ENDED = 'Z';

/**
 * Tells a process from a later one with the same number: its 22nd field in Linux's /proc/PID/stat. Undefined where the
 * system does not tell, and for a process that has ended.
 */
async function processStart(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field, the program's name, may hold spaces and ends with the last bracket.
  const [state, ...fields] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === ENDED ? undefined : fields[18];
}
