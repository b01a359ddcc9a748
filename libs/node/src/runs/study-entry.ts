/** Reads the status and progress of a study's run, from its log and from whether a process works on it. */

import { parseInput } from '@gaitway/core/internal';
import { z } from 'zod';
import { linesOf, parseJson } from '../files/json-lines.js';
import { exists, runFolder } from '../run/run-folder.js';
import { INTERRUPTED } from '../terminal/interruption.js';
import { type LogLine, parseLogLine } from './read-log.js';
import type { RunEntry } from './run-entry.js';

type StudyEntry = Omit<RunEntry, 'run' | 'kind' | 'name' | 'weightedF1' | 'process'> & Partial<Pick<RunEntry, 'kind'>>;

/**
 * @param isRunning - Whether a process works on it
 * @throws InvalidInput when the last round cannot be read.
 */
export async function readStudyEntry(path: string, isRunning: boolean): Promise<StudyEntry> {
  const folder = runFolder(path);
  const lines = await wholeLines(folder.events);
  const events = lines.map(parseLogLine).filter((line) => line !== undefined);
  const isFinished = await exists(folder.result);
  return {
    ...studyStatus({ events, isRunning, isFinished }),
    pause: await exists(folder.pause),
    ...commandIn(events),
    ...(await lastRound(folder.rounds)),
    ...timesIn(events),
  };
}

const commandSchema = z.object({ command: z.enum(['simulate', 'coordinator']) });

function commandIn(events: readonly LogLine[]): Partial<Pick<RunEntry, 'kind'>> {
  const kind = events.map((event) => commandSchema.safeParse(event).data?.command).findLast(Boolean);
  return kind === undefined ? {} : { kind };
}

function timesIn(events: readonly LogLine[]): Partial<Pick<RunEntry, 'startedAt' | 'changedAt'>> {
  const [first, last] = [events[0], events.at(-1)];
  return first && last ? { startedAt: first.time, changedAt: last.time } : {};
}

const roundSchema = z.object({ stage: z.string(), round: z.number(), rounds: z.number() });

async function lastRound(path: string): Promise<Partial<Pick<RunEntry, 'stage' | 'round' | 'rounds'>>> {
  let line: string | undefined;
  for await (const { text, isWhole } of linesOf(path)) {
    line = isWhole ? text : line;
  }
  return line === undefined ? {} : parseInput(roundSchema, parseJson(line, path), `${path}, last line`);
}

/** Empty where the file does not exist; anything after the last line break is still being written. */
async function wholeLines(path: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { text, isWhole } of linesOf(path)) {
    if (isWhole) {
      lines.push(text);
    }
  }
  return lines;
}

/** What a run's folder reveals about its status. */
export interface RunSigns {
  readonly events: readonly LogLine[];
  readonly isRunning: boolean;
  readonly isFinished: boolean;
}

/** Status of a study's run, and the reason why it stopped if it did. */
function studyStatus({ events, isRunning, isFinished }: RunSigns): Pick<RunEntry, 'status' | 'reason'> {
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
