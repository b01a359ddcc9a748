/** Reads a finished run from its folder. */

import { InvalidInput, type Study } from '@gaitway/core';
import { readFrozenStudy } from './frozen-study.js';
import { loggedEventSchema, type LoggedEvent } from './events/events.js';
import { readJsonLines, type JsonLines } from '../files/json-lines.js';
import { readResult } from './read-result.js';
import { roundLineSchema, type RoundLine } from './round-line.js';
import { exists, runFolder, type RunFolder } from './run-folder.js';
import type { RunResult } from './run-result.js';

/** A finished run, with the data that reports and comparisons need. */
export interface Run {
  readonly folder: RunFolder;
  readonly study: Study;
  readonly result: RunResult;
  readonly rounds: readonly RoundLine[];
  /** ISO 8601, in UTC; absent where the log does not contain it. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** Messages about what could not be read and was left out. */
  readonly warnings: readonly string[];
}

/**
 * @throws InvalidInput when the folder holds no run, the run has not finished, or a file is damaged, was changed, or
 *   comes from a version with another format.
 */
export async function readRun(path: string): Promise<Run> {
  const folder = runFolder(path);
  const { study, digest } = await readFrozenStudy(folder);
  const events = await readEvents(folder);
  if (!(await exists(folder.result))) {
    throw unfinished(folder, events.documents);
  }
  const result = await readResult(folder.result);
  if (result.study.digest !== digest) {
    const message = `expected ${digest}, as in study.json, found ${result.study.digest}: files of two runs are mixed`;
    throw new InvalidInput(folder.result, [{ path: 'study.digest', message }]);
  }
  const rounds = await readRounds(folder);
  const startedAt = timeOf('run-started', events.documents);
  const finishedAt = timeOf('run-finished', events.documents);
  return {
    folder,
    study,
    result,
    rounds: rounds.documents,
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    warnings: [...events.warnings, ...rounds.warnings],
  };
}

async function readRounds(folder: RunFolder): Promise<JsonLines<RoundLine>> {
  if (!(await exists(folder.rounds))) {
    throw new InvalidInput(folder.rounds, [
      { path: '', message: 'expected the rounds of the run, found no such file' },
    ]);
  }
  return readJsonLines(folder.rounds, roundLineSchema);
}

async function readEvents(folder: RunFolder): Promise<JsonLines<LoggedEvent>> {
  return (await exists(folder.events))
    ? readJsonLines(folder.events, loggedEventSchema)
    : { documents: [], warnings: [`${folder.events}: no such file; when the run took place is not known`] };
}

function unfinished(folder: RunFolder, events: readonly LoggedEvent[]): InvalidInput {
  const completed = events.filter(({ event }) => event === 'round-completed').length;
  const reason = events.findLast(({ event }) => event === 'run-stopped')?.reason;
  const end = reason === undefined ? '' : `; it stopped: ${reason}`;
  const message = `expected a finished run, found no result.json after ${completed} completed rounds${end}`;
  return new InvalidInput(folder.path, [{ path: '', message }]);
}

function timeOf(name: string, events: readonly LoggedEvent[]): string | undefined {
  return events.findLast(({ event }) => event === name)?.time;
}
