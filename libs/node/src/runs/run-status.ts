/** What a run is doing, from its log and from who works on it. */

import { INTERRUPTED } from '../terminal/interruption.js';
import type { LogLine } from './log-line.js';
import type { RunEntry } from './run-entry.js';

/** What of a run's folder says how it is. */
export interface RunSigns {
  readonly events: readonly LogLine[];
  readonly isRunning: boolean;
  readonly isFinished: boolean;
}

/** Status of a study's run, and why it stopped where it did. */
export function studyStatus({ events, isRunning, isFinished }: RunSigns): Pick<RunEntry, 'status' | 'reason'> {
  if (isRunning) {
    return { status: activity(events) };
  }
  if (isFinished) {
    return { status: 'finished' };
  }
  const last = events.findLast(({ event }) => event.startsWith('run-'));
  const reason = last?.event === 'run-stopped' ? String(last['reason']) : undefined;
  return reason === undefined || reason === INTERRUPTED ? { status: 'interrupted' } : { status: 'failed', reason };
}

/** Events that tell what a process is doing, and what. */
const telling: Readonly<Record<string, 'running' | 'waiting' | 'paused'>> = {
  'run-started': 'running',
  'run-resumed': 'running',
  'run-paused': 'paused',
  'run-unpaused': 'running',
  'clients-missing': 'waiting',
  // Those who are still missing are told again after a client has come.
  'client-joined': 'running',
  'round-completed': 'running',
  'round-aborted': 'running',
};

function activity(events: readonly LogLine[]): 'running' | 'waiting' | 'paused' {
  // Clients come and go during a pause too.
  const rests = events.findLast(({ event }) => event.startsWith('run-'))?.event === 'run-paused';
  const last = events.findLast(({ event }) => event in telling)?.event ?? 'run-started';
  return rests ? 'paused' : (telling[last] ?? 'running');
}
