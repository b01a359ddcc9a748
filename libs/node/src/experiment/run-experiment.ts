/** Runs the cells of an experiment that are not finished yet, several at a time. */

import { join } from 'node:path';
import { duration, score } from '../report/format.js';
import { exists } from '../run/run-folder.js';
import type { Reporter } from '../terminal/reporter.js';
import { type Cell, cellId, type CellOutcome, cellsOf, failedCells } from './cells/cells.js';
import { readCell } from './cells/read-cell.js';
import { type CellRun, runCell } from './cells/run-cell.js';

export interface ExperimentRun extends CellRun {
  /** Number of cells that run at a time. */
  readonly workers: number;
  readonly reporter: Reporter;
}

/**
 * All cells, in the order of `cellsOf`, with an outcome for each of their methods. Finished cells are kept; the others
 * run in separate processes. A cell that fails gives an outcome too, and does not stop the others.
 *
 * @throws The signal's reason when it aborts, once all processes have ended.
 */
export async function runExperiment(run: ExperimentRun): Promise<readonly CellOutcome[]> {
  const cells = await placedCells(run);
  const outcomes = await finishedCells(cells, run);
  const open = cells.filter((cell) => !outcomes.has(cell));
  failedCells([...outcomes.values()].flat()).forEach((reasons, id) => {
    run.reporter.warn(`${id}: failed: ${reasons.join('; ')}`);
  });
  run.reporter.line(`${cells.length} cells, ${outcomes.size} of them finished before`);
  const started = performance.now();
  let ended = 0;
  await runConcurrently(open, run.workers, async (cell) => {
    const ofCell = await runCell(cell, run);
    outcomes.set(cell, ofCell);
    ended++;
    const seconds = (performance.now() - started) / 1000;
    const text = cellText(cell, ofCell, {
      done: outcomes.size,
      all: cells.length,
      remainingSeconds: remainingSeconds({ seconds, ended, open: open.length - ended }),
    });
    run.reporter[ofCell.some(({ kind }) => kind === 'failed') ? 'warn' : 'line'](text);
  });
  return cells.flatMap((cell) => outcomes.get(cell) ?? []);
}

/**
 * The cells with the ids of their existing folders: a cell that was begun when another of its methods came first keeps
 * the id of that method.
 */
async function placedCells({ settings, folder }: ExperimentRun): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const cell of cellsOf(settings.experiment)) {
    const ids = cell.methods.map((method) => cellId(method, cell));
    const there = await Promise.all(ids.map((id) => exists(join(folder.cells, id))));
    cells.push({ ...cell, id: ids[there.indexOf(true)] ?? cell.id });
  }
  return cells;
}

async function finishedCells(
  cells: readonly Cell[],
  { folder }: ExperimentRun,
): Promise<Map<Cell, readonly CellOutcome[]>> {
  const outcomes = new Map<Cell, readonly CellOutcome[]>();
  for (const cell of cells) {
    const path = join(folder.cells, cell.id);
    if (await exists(path)) {
      outcomes.set(cell, await readCell(cell, path));
    }
  }
  return outcomes;
}

/**
 * Runs `run` for all items in order, at most `lanes` at a time. When one rejects, no other starts, and those that are
 * running finish first.
 */
async function runConcurrently<T>(items: readonly T[], lanes: number, run: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    try {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
        await run(item);
      }
    } finally {
      waiting.length = 0;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(lanes, items.length) }, lane));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
}

export interface ExperimentProgress {
  readonly done: number;
  readonly all: number;
  readonly remainingSeconds: number;
}

/**
 * Text such as `selfhar-w10-seed1: weighted F1 0.732, 48 s (3 of 24; about 12 min left)`, with the names of the methods
 * where several share the cell.
 */
function cellText(
  { id }: Cell,
  outcomes: readonly CellOutcome[],
  { done, all, remainingSeconds: left }: ExperimentProgress,
): string {
  const finished = outcomes.filter((outcome) => outcome.kind === 'finished');
  const scores = finished.map(
    ({ method, figures }) => `${outcomes.length > 1 ? `${method.name} ` : ''}${score(figures.weightedF1)}`,
  );
  const what = [
    ...(finished[0] ? [`weighted F1 ${scores.join(', ')}, ${duration(finished[0].seconds)}`] : []),
    ...[...(failedCells(outcomes).get(id) ?? [])].map((reason) => `failed: ${reason}`),
  ];
  const time = done < all ? `; about ${duration(left)} left` : '';
  return `${id}: ${what.join('; ')} (${done} of ${all}${time})`;
}

/**
 * Estimated time for `open` cells, given that `ended` cells took `seconds` with the same number running in parallel.
 */
export function remainingSeconds({
  seconds,
  ended,
  open,
}: Readonly<Record<'seconds' | 'ended' | 'open', number>>): number {
  return (seconds / ended) * open;
}
