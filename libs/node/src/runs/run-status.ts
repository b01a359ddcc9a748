/** Determines the status of a run from its log and from whether a process works on it. */

import { INTERRUPTED } from '../terminal/interruption.js';
import type { LogLine } from './log-line.js';
import type { RunEntry } from './run-entry.js';

/** What a run's folder reveals about its status. */
export interface RunSigns {
  readonly events: readonly LogLine[];
  readonly isRunning: boolean;
  readonly isFinished: boolean;
}

/** Status of a study's run, and the reason why it stopped if it did. */
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

/** Events that reveal what a process is doing, with the status that they mean. */
const telling: Readonly<Record<string, 'running' | 'waiting' | 'paused'>> = {
  'run-started': 'running',
  'run-resumed': 'running',
  'run-paused': 'paused',
  'run-unpaused': 'running',
  'clients-missing': 'waiting',
  // The missing clients are reported again after a client has joined.
  'client-joined': 'running',
  'round-completed': 'running',
  'round-aborted': 'running',
};

function activity(events: readonly LogLine[]): 'running' | 'waiting' | 'paused' {
  // Clients also come and go during a pause.
  const rests = events.findLast(({ event }) => event.startsWith('run-'))?.event === 'run-paused';
  const last = events.findLast(({ event }) => event in telling)?.event ?? 'run-started';
  return rests ? 'paused' : (telling[last] ?? 'running');
}
