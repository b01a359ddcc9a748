/** Runs an experiment and leaves its table and its page behind: what the command does. */

import { rm } from 'node:fs/promises';
import { defaultWorkers } from '../worker/default-workers.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import type { Reporter } from '../terminal/reporter.js';
import type { CellOutcome } from './cell-outcome.js';
import { experimentDocument, type ExperimentDocument } from './experiment-document.js';
import { openExperimentFolder, type OpenedExperiment } from './experiment-folder.js';
import { experimentSummary } from './experiment-summary.js';
import { experimentTable } from './experiment-table.js';
import { refuseAbsentPeople } from './experiment-people.js';
import type { Experiment } from './experiment.js';
import { renderExperiment } from './render-experiment.js';
import { runExperiment } from './run-experiment.js';
import { finishedOf } from './means.js';

export interface ExperimentConduct {
  readonly experiment: Experiment;
  /** Folder with recordings. */
  readonly data: string;
  readonly layout?: string;
  /** Path of the experiment's folder, which is made, or gone on with. */
  readonly folder: string;
  /** Cells at a time; absent: one with the native backend, one a core with others. */
  readonly workers?: number;
  /** The script of the `gaitway` command. */
  readonly program: string;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

export interface ConductedExperiment {
  /** The content of `result.json`. */
  readonly document: ExperimentDocument;
  /** The same for the terminal. */
  readonly summary: string;
  /** Cells that failed. */
  readonly failed: number;
}

/**
 * Runs all cells that are not finished yet.
 *
 * @throws InvalidInput for people who are not in the data, and when another experiment or another process is in the
 *   folder; the signal's reason when it aborts.
 */
export async function conductExperiment(conduct: ExperimentConduct): Promise<ConductedExperiment> {
  const { experiment, data, layout, program, reporter, signal } = conduct;
  const available = defaultWorkers(experiment.backend);
  const { workers = available } = conduct;
  await refuseAbsentPeople(experiment, { folder: data, ...(layout !== undefined && { layout }) });
  await using opened = await openExperimentFolder(conduct.folder, experiment);
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
  const document = await writeResults(opened, experiment, outcomes);
  const failed = outcomes.length - finishedOf(outcomes).length;
  if (failed === 0) {
    await rm(opened.folder.unfinished, { recursive: true });
  }
  return { document, summary: experimentSummary(experiment, outcomes, opened.folder), failed };
}

async function writeResults(
  { folder, digest }: OpenedExperiment,
  experiment: Experiment,
  outcomes: readonly CellOutcome[],
): Promise<ExperimentDocument> {
  const document = experimentDocument({ name: experiment.name, digest }, outcomes);
  await writeFileAtomically(folder.table, experimentTable(experiment, finishedOf(outcomes)));
  await writeFileAtomically(folder.result, `${JSON.stringify(document, undefined, 2)}\n`);
  await writeFileAtomically(folder.page, renderExperiment({ experiment, digest, outcomes }));
  return document;
}
