/** The `gaitway` command that runs a cell. */

import type { Cell } from './cells.js';
import type { Experiment } from '../experiment.js';
import { cellStudy } from './cell-study.js';

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
