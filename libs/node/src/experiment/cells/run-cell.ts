/** Runs one cell in a folder of its own, which is moved to the finished ones when it has figures. */

import { InvalidInput } from '@gaitway/core';
import { randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { cellArguments, cellInput, type CellSettings, runCellProcess } from './cell-process.js';
import type { Cell, CellOutcome } from './cells.js';
import type { ExperimentFolder } from '../experiment-folder.js';
import { readCell, writeCellSeconds } from './read-cell.js';

export interface CellRun {
  readonly settings: CellSettings;
  readonly folder: ExperimentFolder;
  /** The script of the `gaitway` command. */
  readonly program: string;
  readonly signal: AbortSignal;
}

/**
 * Runs a cell's process.
 *
 * @returns An outcome for each of its methods, including failures.
 * @throws The signal's reason when it aborts.
 */
export async function runCell(
  cell: Cell,
  { settings, folder, program, signal }: CellRun,
): Promise<readonly CellOutcome[]> {
  // Never reuses a folder: a process that outlived its experiment would write into the folder of the next run.
  const run = join(folder.unfinished, `${cell.id}-${randomUUID()}`);
  const input = join(run, cell.methods[0].kind === 'study' ? 'input-study.json' : 'input-pipeline.json');
  await mkdir(run);
  await writeFileAtomically(input, cellInput(cell));
  const started = performance.now();
  const failure = await runCellProcess({ program, args: cellArguments(cell, settings, { input, run }), signal });
  if (failure !== undefined) {
    return failed(cell, failure);
  }
  await writeCellSeconds(run, Math.round(performance.now() - started) / 1000);
  try {
    const outcomes = await readCell(cell, run);
    if (outcomes.some(({ kind }) => kind === 'finished')) {
      await rename(run, join(folder.cells, cell.id));
    }
    return outcomes;
  } catch (error) {
    if (error instanceof InvalidInput) {
      return failed(cell, error.message);
    }
    throw error;
  }
}

function failed(cell: Cell, reason: string): readonly CellOutcome[] {
  return cell.methods.map((method) => ({ kind: 'failed', cell, method, reason }));
}
