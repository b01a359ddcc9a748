/** Writes the report of a run into its folder. */

import { writeFileAtomically } from '../files/atomic-write.js';
import { readRun, type Run } from '../run/read-run.js';
import { renderReport } from './render-report.js';

/**
 * Writes `report.html` into a finished run's folder.
 *
 * @returns The run that was read.
 * @throws InvalidInput when the folder holds no finished run.
 */
export async function writeReport(folder: string): Promise<Run> {
  const run = await readRun(folder);
  await writeFileAtomically(run.folder.report, renderReport(run));
  return run;
}
