/** Lists all runs in a folder. */

import { InvalidInput } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../files/json-lines.js';
import { readText } from '../files/read-file.js';
import { exists } from '../run/run-folder.js';
import { firstFile, holderOf, runKind, type RunKind } from './run-kind.js';
import type { RunEntry, RunStatus } from './run-entry.js';
import { readStudyEntry } from './study-entry.js';

export interface RunList {
  /** The earliest first; runs whose start time is unknown come before these, by name. */
  readonly runs: readonly RunEntry[];
  /** Reasons why folders without a readable run were left out. */
  readonly leftOut: readonly string[];
}

/**
 * Lists the runs in the subfolders of a folder. Files in it are ignored.
 *
 * @throws InvalidInput when there is no such folder.
 */
export async function listRuns(folder: string): Promise<RunList> {
  const runs: RunEntry[] = [];
  const leftOut: string[] = [];
  for (const name of await foldersIn(folder)) {
    try {
      runs.push(await readEntry(join(folder, name)));
    } catch (error) {
      if (!(error instanceof InvalidInput)) {
        throw error;
      }
      leftOut.push(error.message);
    }
  }
  return { runs: runs.sort((a, b) => compareText(a.startedAt ?? '', b.startedAt ?? '')), leftOut };
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    const found = code === 'ENOENT' ? 'nothing there' : code === 'ENOTDIR' ? 'a file' : message;
    throw new InvalidInput(folder, [{ path: '', message: `expected a folder with runs, found ${found}` }]);
  });
  const folders = entries.filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).sort(compareText);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function readEntry(path: string): Promise<RunEntry> {
  const kind = await runKind(path);
  const holder = await holderOf(path);
  const isFinished = await exists(join(path, 'result.json'));
  const [name, figure] = [await readName(path, kind), isFinished ? await readFigure(path, kind) : undefined];
  return {
    run: path,
    kind,
    ...(name !== undefined && { name }),
    ...(kind === 'study'
      ? await readStudyEntry(path, holder !== undefined)
      : { status: otherStatus(kind, holder !== undefined, isFinished), pause: false }),
    ...(holder && { process: { pid: holder.pid, host: holder.host } }),
    ...(figure !== undefined && { weightedF1: figure }),
  };
}

function otherStatus(kind: RunKind, isRunning: boolean, isFinished: boolean): RunStatus {
  if (isRunning) {
    return 'running';
  }
  // Of these kinds, only experiments leave a note of the process that works on them.
  return isFinished ? 'finished' : kind === 'experiment' ? 'interrupted' : 'unfinished';
}

// Names and figures are read using only fields that are the same in every version.
const named = z.object({ name: z.string() });
const evaluation = z.object({ weightedF1: z.number().nullable() });

const nameSchemas: Readonly<Record<RunKind, z.ZodType<string | undefined>>> = {
  study: z.object({ study: named }).transform(({ study }) => study.name),
  experiment: z.object({ experiment: named }).transform(({ experiment }) => experiment.name),
  pipeline: z.object({ tag: z.string().optional() }).transform(({ tag }) => tag),
  tasks: named.transform(({ name }) => name),
};

/** The last figure of a result. Experiments and multi-task trainings have many, none of which represents all. */
const figureSchemas: Readonly<Record<RunKind, z.ZodType<number | null | undefined>>> = {
  study: z
    .object({ stages: z.array(named), evaluation: z.record(z.string(), evaluation) })
    .transform(({ stages, evaluation: by }) => stages.map(({ name }) => by[name]?.weightedF1).findLast(isFigure)),
  pipeline: z
    .object({ steps: z.array(z.object({ eval_results: evaluation.optional() })) })
    .transform(({ steps }) => steps.map((step) => step.eval_results?.weightedF1).findLast(isFigure)),
  experiment: z.unknown().transform(() => undefined),
  tasks: z.unknown().transform(() => undefined),
};

function isFigure(value: number | null | undefined): value is number {
  return typeof value === 'number';
}

/** @throws InvalidInput when the first file is damaged. */
async function readName(folder: string, kind: RunKind): Promise<string | undefined> {
  return readPart(firstFile(folder, kind), nameSchemas[kind]);
}

/**
 * The weighted F1 of the last model that was evaluated.
 *
 * @throws InvalidInput when the result is damaged.
 */
async function readFigure(folder: string, kind: RunKind): Promise<number | undefined> {
  return (await readPart(join(folder, 'result.json'), figureSchemas[kind])) ?? undefined;
}

async function readPart<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return parseInput(schema, parseJson(await readText(path), path), path);
}
