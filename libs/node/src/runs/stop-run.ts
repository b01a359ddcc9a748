/** Ends the process that works on a run, for now. */

import { InvalidInput } from '@gaitway/core';
import { hostname } from 'node:os';
import { isOver, readClaims, type FoundClaim } from '../run/claim.js';
import { lookUntil } from '../run/look-until.js';
import { holderOf } from './holder.js';
import { runKind } from './run-kind.js';

export interface StopOptions {
  readonly signal: AbortSignal;
  /** Called when the process is told, before it has ended. */
  readonly onTold: (pid: number) => void;
}

/**
 * Sends SIGTERM and waits until the process has ended.
 *
 * @returns The process.
 * @throws InvalidInput when no process of this machine works on the run; the signal's reason when it aborts.
 */
export async function stopRun(path: string, { signal, onTold }: StopOptions): Promise<number> {
  await runKind(path, ['study', 'experiment']);
  const holder = await holderOf(path);
  if (holder?.host !== hostname()) {
    throw new InvalidInput(path, [{ path: '', message: await absence(path, holder) }]);
  }
  const { pid } = holder;
  if (!tell(pid)) {
    throw new Error(`${path}: process ${pid} works on it and belongs to another user, who alone can stop it`);
  }
  onTold(pid);
  await lookUntil(() => isOver(holder), signal);
  return pid;
}

async function absence(path: string, holder: FoundClaim | undefined): Promise<string> {
  const expected = 'expected a run on which a process of this machine works, found';
  if (holder) {
    return `${expected} process ${holder.pid} on ${holder.host}: stop it there`;
  }
  const [last] = await readClaims(path);
  return last
    ? `${expected} that process ${last.pid} has ended without a word; the run can go on`
    : `${expected} one on which none works`;
}

/** False where the process is another user's. One that has just ended needs no word. */
function tell(pid: number): boolean {
  try {
    process.kill(pid, 'SIGTERM');
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
