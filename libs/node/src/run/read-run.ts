/**
 * Reads a run from its folder: the study that it began with (`study.json`), and a run with the data that reports and
 * comparisons need, whether it is finished or not.
 */

import { InvalidInput, parseStudy, type Study, studyDigest } from '@gaitway/core';
import { type Digest, digestJson, parseInput } from '@gaitway/core/internal';
import { z } from 'zod';
import { readText } from '../files/read-file.js';
import { type JsonLines, parseJson, readJsonLines } from '../files/json-lines.js';
import { readAudit, type RunAudit } from './audit-file.js';
import { storedChoice } from './choice-file.js';
import { type Departure, departuresOf } from './departures.js';
import { type LoggedEvent, loggedEventSchema } from './events/events.js';
import { type ResultSoFar, resultSoFar } from './result-so-far.js';
import { readResult, type RunResult } from './run-result.js';
import { type RoundLine, roundLineSchema } from './round-line.js';
import { exists, type RunFolder, runFolder } from './run-folder.js';
import { readState } from './state/state-folder.js';

export interface FrozenStudy {
  readonly study: Study;
  readonly digest: Digest;
}

const schema = z.strictObject({ study: z.unknown(), digest: z.string() });

/** @throws InvalidInput when the folder holds no run, or its study is no longer the one that the run began with. */
export async function readFrozenStudy(folder: RunFolder): Promise<FrozenStudy> {
  if (!(await exists(folder.study))) {
    throw new InvalidInput(folder.path, [{ path: '', message: "expected a run's folder, found no study.json in it" }]);
  }
  const document = parseJson(await readText(folder.study), folder.study);
  const { study, digest } = parseInput(schema, document, folder.study);
  const actual = await digestJson(study);
  if (actual !== digest) {
    const message = `expected ${actual}, the digest of the study beside it, found ${digest}: the study was changed`;
    throw new InvalidInput(folder.study, [{ path: 'digest', message }]);
  }
  return { study: parseStudy(study, folder.study), digest };
}

/** A run as far as it has come, with the data that reports and comparisons need. */
export interface RunSoFar {
  readonly folder: RunFolder;
  readonly study: Study;
  readonly result: ResultSoFar;
  readonly rounds: readonly RoundLine[];
  /** Absent where the run was not audited. */
  readonly audit?: RunAudit;
  /** The clients that were gone before the last round had ended. */
  readonly departures: readonly Departure[];
  /** ISO 8601, in UTC; absent where the log does not contain it. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** Messages about what could not be read and was left out. */
  readonly warnings: readonly string[];
}

/** A finished run. */
export interface Run extends RunSoFar {
  readonly result: RunResult;
}

/**
 * A run that is finished, interrupted, or goes on.
 *
 * @throws InvalidInput when the folder holds no run, or a file is damaged, was changed, or comes from a version with
 *   another format.
 */
export async function readRunSoFar(path: string): Promise<RunSoFar> {
  const { result } = runFolder(path);
  if (await exists(result)) {
    return readRun(path);
  }
  try {
    return await readUnfinished(path);
  } catch (error) {
    // It may have ended meanwhile, and its state is gone.
    if (await exists(result)) {
      return readRun(path);
    }
    throw error;
  }
}

async function readUnfinished(path: string): Promise<RunSoFar> {
  const folder = runFolder(path);
  const { study } = await readFrozenStudy(folder);
  const { state, warnings } = await readState(folder.state);
  const rounds = await readRounds(folder);
  const lines = rounds.documents.slice(0, state.rounds);
  const choice = await storedChoice(folder);
  const result = { ...resultSoFar(study, state, lines), ...(choice && { choice }) };
  const run = await withLog(folder, { study, result, rounds: lines });
  return { ...run, warnings: [...run.warnings, ...warnings] };
}

/**
 * A finished run.
 *
 * @throws InvalidInput when the folder holds no run, the run has not finished, or a file is damaged, was changed, or
 *   comes from a version with another format.
 */
export async function readRun(path: string): Promise<Run> {
  const folder = runFolder(path);
  const { study, digest } = await readFrozenStudy(folder);
  if (!(await exists(folder.result))) {
    throw unfinished(folder, (await readEvents(folder)).documents);
  }
  const result = await readResult(folder.result);
  if (result.study.digest !== digest) {
    const message = `expected ${digest}, as in study.json, found ${result.study.digest}: files of two runs are mixed`;
    throw new InvalidInput(folder.result, [{ path: 'study.digest', message }]);
  }
  const rounds = await readRounds(folder);
  const run = await withLog(folder, { study, result, rounds: rounds.documents });
  return { ...run, warnings: [...run.warnings, ...rounds.warnings] };
}

/** Adds what the log says of a run, and the audit if there was one. */
async function withLog<R extends Pick<RunSoFar, 'study' | 'result' | 'rounds'>>(
  folder: RunFolder,
  run: R,
): Promise<R & RunSoFar> {
  const events = await readEvents(folder);
  const audit = await readAudit(folder);
  const startedAt = timeOf('run-started', events.documents);
  const finishedAt = timeOf('run-finished', events.documents);
  return {
    ...run,
    folder,
    ...(audit && { audit }),
    departures: departuresOf(events.documents, run.rounds),
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    warnings: events.warnings,
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

/**
 * The finished run of exactly this study in a folder; undefined if there is none, or it belongs to another study, or it
 * can still be continued.
 *
 * @throws InvalidInput when the run in the folder is damaged.
 */
export async function finishedRun(path: string, study: Study): Promise<Run | undefined> {
  const folder = runFolder(path);
  if (!(await exists(folder.result)) || !(await exists(folder.study)) || (await exists(folder.state))) {
    return undefined;
  }
  const { digest } = await readFrozenStudy(folder);
  return digest === (await studyDigest(study)) ? readRun(path) : undefined;
}
