/** Compares runs: reads them, says how they differ in figures and settings, and writes the page if one is wanted. */

import { writeFileAtomically } from '../files/atomic-write.js';
import { differingSettings, type DifferingSetting } from '../run/study-settings.js';
import { type ComparedRun, readComparedRuns } from './compared-runs.js';
import { renderComparison } from './render-comparison.js';
import { differencesOf, reservationsOf, type RunDifference } from './run-differences.js';

export interface RunComparison {
  /** In the order in which they were named; the others are set against the first. */
  readonly runs: readonly ComparedRun[];
  readonly differences: readonly RunDifference[];
  readonly settings: readonly DifferingSetting[];
  /** What a reader must know before believing the figures. */
  readonly reservations: readonly string[];
}

/**
 * Compares runs of studies, finished or not.
 *
 * @param page - Path of an HTML file to write; what is there is replaced.
 * @throws InvalidInput for fewer than two runs, the same one twice, a folder without a run, and other activities.
 */
export async function compareRuns(paths: readonly string[], page?: string): Promise<RunComparison> {
  const runs = await readComparedRuns(paths);
  const comparison = {
    runs,
    differences: differencesOf(runs),
    settings: differingSettings(runs.map(({ run }) => run.study)),
    reservations: reservationsOf(runs),
  };
  if (page !== undefined) {
    await writeFileAtomically(page, renderComparison(comparison));
  }
  return comparison;
}
