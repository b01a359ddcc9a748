/** Reads the status and progress of a study's run. */

import { parseInput } from '@gaitway/core';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseJson } from '../files/json-lines.js';
import { exists, runFolder } from '../run/run-folder.js';
import { parseLogLine, type LogLine } from './log-line.js';
import type { RunEntry } from './run-entry.js';
import { studyStatus } from './run-status.js';

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
  const line = (await wholeLines(path)).at(-1);
  return line === undefined ? {} : parseInput(roundSchema, parseJson(line, path), `${path}, last line`);
}

/** Empty where the file does not exist; anything after the last line break is still being written. */
async function wholeLines(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').slice(0, -1);
}
