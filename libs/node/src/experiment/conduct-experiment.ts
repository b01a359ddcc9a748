/** Runs an experiment and writes its table and its page, as the command does. */

import { rm } from 'node:fs/promises';
import { defaultWorkers } from '../worker/participant-pool.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { dataCheck } from '../data/tell-suspects.js';
import type { Reporter } from '../terminal/reporter.js';
import { cellCount, failedCells } from './cells/cells.js';
import { experimentDocument, type ExperimentDocument } from './experiment-document.js';
import { openExperimentFolder, type ExperimentFolder } from './experiment-folder.js';
import { experimentSummary } from './figures/experiment-summary.js';
import { experimentResults, type ExperimentResults, experimentTable } from './figures/experiment-results.js';
import { splitText, withPeopleOf } from './experiment-people.js';
import type { Experiment } from './experiment.js';
import { renderExperiment } from './render-experiment.js';
import { runExperiment } from './run-experiment.js';
import { finishedOf } from './figures/means.js';

export interface ExperimentConduct {
  readonly experiment: Experiment;
  /** Folder with recordings. */
  readonly data: string;
  readonly layout?: string;
  /** Whether data in which anything is suspect are refused. */
  readonly strict?: boolean;
  /** Path of the experiment's folder, which is created or continued. */
  readonly folder: string;
  /** Number of cells that run at a time; by default one with the native backend, else one for each core. */
  readonly workers?: number;
  /** The script of the `gaitway` command. */
  readonly program: string;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

export interface ConductedExperiment {
  /** The content of `result.json`. */
  readonly document: ExperimentDocument;
  /** The same results as text for the terminal. */
  readonly summary: string;
  readonly cells: number;
  /** Number of cells in which some method has no figures. */
  readonly failed: number;
}

/**
 * Runs all cells that are not finished yet.
 *
 * @throws InvalidInput for people who are not in the data, and when the folder belongs to another experiment or another
 *   process works in it; the signal's reason when it aborts.
 */
export async function conductExperiment(conduct: ExperimentConduct): Promise<ConductedExperiment> {
  const { data, layout, program, reporter, signal } = conduct;
  const available = defaultWorkers(conduct.experiment.backend);
  const { workers = available } = conduct;
  const check = dataCheck(conduct, reporter);
  const source = { folder: data, check, ...(layout !== undefined && { layout }) };
  const experiment = await withPeopleOf(source, conduct.experiment);
  await using opened = await openExperimentFolder(conduct.folder, experiment);
  experiment.splits?.forEach((split) => {
    reporter.line(splitText(split));
  });
  const outcomes = await runExperiment({
    settings: {
      experiment,
      data,
      ...(layout !== undefined && { layout }),
      threads: Math.max(1, Math.floor(available / workers)),
    },
    folder: opened.folder,
    program,
    workers,
    reporter,
    signal,
  });
  const results = experimentResults(experiment, opened.digest, outcomes);
  const document = await writeResults(opened.folder, results);
  const failed = failedCells(outcomes).size;
  if (failed === 0) {
    await rm(opened.folder.unfinished, { recursive: true });
  }
  return { document, summary: experimentSummary(results, opened.folder), cells: cellCount(outcomes), failed };
}

async function writeResults(folder: ExperimentFolder, results: ExperimentResults): Promise<ExperimentDocument> {
  const { experiment, outcomes } = results;
  const document = experimentDocument(results);
  await writeFileAtomically(folder.table, experimentTable(experiment, finishedOf(outcomes)));
  await writeFileAtomically(folder.result, `${JSON.stringify(document, undefined, 2)}\n`);
  await writeFileAtomically(folder.page, renderExperiment(results));
  return document;
}
