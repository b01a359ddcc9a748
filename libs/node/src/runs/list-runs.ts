/** Lists all runs in a folder. */

import { InvalidInput } from '@gaitway/core';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../run/run-folder.js';
import { readFigure, readName } from './entry-files.js';
import { holderOf } from './holder.js';
import type { RunEntry, RunStatus } from './run-entry.js';
import { runKind, type RunKind } from './run-kind.js';
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
