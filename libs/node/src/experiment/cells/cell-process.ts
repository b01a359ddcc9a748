/** The process of a cell: the `gaitway` command as a user at a terminal would start it. */

import { spawn } from 'node:child_process';
import type { Experiment } from '../experiment.js';
import { type Cell, cellStudy } from './cells.js';

/** Settings that all cells of an experiment share. */
export interface CellSettings {
  readonly experiment: Experiment;
  /** Folder with recordings. */
  readonly data: string;
  readonly layout?: string;
  /** Number of threads for each cell. */
  readonly threads: number;
}

/** The content of the file with the study or pipeline that a cell runs. */
export function cellInput(cell: Cell): string {
  const [method] = cell.methods;
  const content = method.kind === 'study' ? cellStudy(method.study, cell) : method.pipeline;
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** Arguments of `gaitway`: `input` is the file with the cell's study or pipeline, `run` the folder for its run. */
export function cellArguments(cell: Cell, settings: CellSettings, { input, run }: CellPaths): readonly string[] {
  const { backend } = settings.experiment;
  return [
    ...(cell.methods[0].kind === 'study' ? simulateArguments(settings, input) : trainArguments(cell, settings, input)),
    ...['--seed', String(cell.seed), '--run', run],
    ...(backend ? ['--backend', backend] : []),
    '--json',
    '--quiet',
  ];
}

/** Paths of a cell while it runs. */
export interface CellPaths {
  readonly input: string;
  readonly run: string;
}

function simulateArguments({ data, layout, threads }: CellSettings, input: string): readonly string[] {
  return [
    ...['simulate', input, '--data', data],
    ...(layout === undefined ? [] : ['--layout', layout]),
    ...['--workers', String(threads)],
  ];
}

function trainArguments(
  { windowsPerClass }: Cell,
  { experiment: { test }, data, layout }: CellSettings,
  input: string,
): readonly string[] {
  return [
    ...['train', input, '--labelled', data],
    ...(layout === undefined ? [] : ['--labelled-layout', layout]),
    ...(test ? ['--test', test.join(',')] : []),
    ...(windowsPerClass === undefined ? [] : ['--windows-per-class', String(windowsPerClass)]),
  ];
}

export interface CellProcess {
  /** The script of the `gaitway` command. */
  readonly program: string;
  readonly args: readonly string[];
  /** Ends the process when it aborts. */
  readonly signal: AbortSignal;
}

/** Time in milliseconds that a process has to end by itself after it was asked to. */
const GRACE = 10_000;
/** Number of characters of a process's last output that are kept. */
const KEPT = 2000;

/**
 * Runs a cell's process until it ends.
 *
 * @returns The reason of its failure, as the process reported it; undefined when it succeeded.
 * @throws The signal's reason when it aborts, once the process has ended.
 */
export async function runCellProcess({ program, args, signal }: CellProcess): Promise<string | undefined> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-KEPT);
  });
  const end = (): void => {
    child.kill('SIGINT');
    const impatience = setTimeout(() => child.kill('SIGKILL'), GRACE);
    child.once('close', () => {
      clearTimeout(impatience);
    });
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    const ending = await endOf(child);
    signal.throwIfAborted();
    return ending === undefined ? undefined : `${ending}: ${said.trim() || 'it said nothing'}`;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** How a process ended; undefined when it succeeded. */
function endOf(child: ReturnType<typeof spawn>): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(code === 0 ? undefined : (signal ?? `exit code ${code ?? '?'}`));
    });
  });
}
