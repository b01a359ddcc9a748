/** Notes in a folder that say which process works there. */

import { InvalidInput } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from './atomic-write.js';
import { parseJson } from './json-lines.js';
import { namesIn, readText, readWhereThere } from './read-file.js';

/** A process that works in a folder. */
export interface Claim {
  readonly pid: number;
  readonly host: string;
  /** Start time of the process, as the system counts it; absent where the system does not provide it. */
  readonly start?: string;
  /** ISO 8601, in UTC. */
  readonly since: string;
  /** The process works on other runs too: this one is stopped by {@link stopNoteOf | a note}. */
  readonly oneOfSeveral?: true;
}

/** A claim that was found in its folder. */
export interface FoundClaim extends Claim {
  /** Path of the note. */
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

/** What a process declares about its work in a folder. */
export type ClaimKind = Pick<Claim, 'oneOfSeveral'>;

/** Writes a note of this process under a unique name, and returns its path. */
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

/** Path of the note that asks for the work of a claim to end. */
export function stopNoteOf(claim: string): string {
  return join(dirname(claim), basename(claim).replace('running', 'stop'));
}

/**
 * All notes in a folder, including those of processes that have ended; the earliest first.
 *
 * @throws InvalidInput when one is damaged, or cannot be read: nobody knows then whether a process works there
 */
export async function readClaims(folder: string): Promise<readonly FoundClaim[]> {
  const claims: FoundClaim[] = [];
  for (const name of (await namesIn(folder)).filter((entry) => CLAIM.test(entry))) {
    const path = join(folder, name);
    // A note that has disappeared meanwhile belongs to a claim that was released.
    const text = await readWhereThere(path, (note) => readText(note, note, 'the note of a process'));
    if (text !== undefined) {
      claims.push({ ...claimIn(text, path), path });
    }
  }
  return claims.sort((a, b) => a.since.localeCompare(b.since));
}

/** A power cut can leave a note without content. Whose it was is then unknown, so a person has to decide. */
function claimIn(text: string, path: string): Claim {
  if (text.trim() === '') {
    const message =
      'expected the note of a process that works in this folder, found an empty file: delete it if no process works here';
    throw new InvalidInput(path, [{ path: '', message }]);
  }
  return parseInput(claimSchema, parseJson(text, path), path);
}

/** Whether the process has certainly ended, which cannot be known of a process on another machine. */
export async function isOver({ pid, host, start }: Claim): Promise<boolean> {
  return host === hostname() && (!isAlive(pid) || (await processStart(pid)) !== start);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means that the process exists but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** State of a zombie: a process that has ended and has not been waited for. */
const ENDED = 'Z';

/**
 * Start time of a process, which distinguishes it from a later one with the same id: field 22 of Linux's
 * /proc/PID/stat. Undefined where the system does not provide it, and for a process that has ended.
 */
async function processStart(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field, the name of the program, may contain spaces and ends with the last bracket.
  const [state, ...fields] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === ENDED ? undefined : fields[18];
}
