/** Stops a run so that it can be resumed: its process, or the run alone if the process works on others too. */

import { InvalidInput } from '@gaitway/core';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { writeFileAtomically } from '../files/atomic-write.js';
import { isOver, readClaims, stopNoteOf, type FoundClaim } from '../files/claim.js';
import { pollUntil } from '../files/poll-until.js';
import { exists } from '../run/run-folder.js';
import { holderOf, runKind } from './run-kind.js';

export interface StopOptions {
  readonly signal: AbortSignal;
  /** Called when the process has been told, before it has ended. */
  readonly onTold: (told: StoppedRun) => void;
}

export interface StoppedRun {
  /** Process id. */
  readonly pid: number;
  /** Whether the whole process ends, or only the run. */
  readonly ends: 'process' | 'run';
}

/**
 * Sends SIGTERM and waits until the process has ended. A process that works on several runs is told to end only this
 * one.
 *
 * @throws InvalidInput when no process of this machine works on the run; the signal's reason when it aborts.
 */
export async function stopRun(path: string, { signal, onTold }: StopOptions): Promise<StoppedRun> {
  await runKind(path, ['study', 'experiment']);
  const holder = await holderOf(path);
  if (holder?.host !== hostname()) {
    throw new InvalidInput(path, [{ path: '', message: await absence(path, holder) }]);
  }
  const { pid } = holder;
  if (holder.oneOfSeveral) {
    const told: StoppedRun = { pid, ends: 'run' };
    const note = stopNoteOf(holder.path);
    await writeFileAtomically(note, '{}\n');
    onTold(told);
    await pollUntil(async () => !(await exists(holder.path)) || (await isOver(holder)), signal);
    await rm(note, { force: true }); // in case the run had ended before
    return told;
  }
  if (!tell(pid)) {
    throw new Error(`${path}: process ${pid} works on it and belongs to another user, who alone can stop it`);
  }
  const told: StoppedRun = { pid, ends: 'process' };
  onTold(told);
  await pollUntil(() => isOver(holder), signal);
  return told;
}

async function absence(path: string, holder: FoundClaim | undefined): Promise<string> {
  if (holder) {
    return `process ${holder.pid} on ${holder.host} is running it: stop it there`;
  }
  const [last] = await readClaims(path);
  return last
    ? `process ${last.pid} exited without recording a reason; the run can be resumed`
    : 'no process on this machine is running it';
}

/** False where the process belongs to another user. A process that has just ended counts as told. */
function tell(pid: number): boolean {
  try {
    process.kill(pid, 'SIGTERM');
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
