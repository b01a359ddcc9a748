/** Compares runs: reads them, says how they differ in figures and settings, and writes the page if one is wanted. */

import { writeFileAtomically } from '../files/atomic-write.js';
import { differingSettings } from '../run/study-settings.js';
import { readComparedRuns } from './compared-runs.js';
import { renderComparison } from './render-comparison.js';
import { differencesOf, reservationsOf, type RunComparison } from './run-differences.js';

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
