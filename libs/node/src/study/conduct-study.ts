/** Runs a study, keeps it in its folder and says how it goes: what simulations, services and demos share. */

import { runStudy, type Study, type StudyContext } from '@gaitway/core';
import { writeReport } from '../report/write-report.js';
import type { Run } from '../run/read-run.js';
import { startRun, type RunPlan } from '../run/run-recorder.js';
import type { Traffic } from '../run/run-result.js';
import type { Reporter } from '../terminal/reporter.js';
import { roundText } from './round-text.js';

export interface StudyConduct extends StudyContext {
  readonly study: Study;
  readonly run: Omit<RunPlan, 'study' | 'now'>;
  /** Bytes to and from the clients so far. */
  readonly traffic: () => Traffic;
  readonly reporter: Reporter;
}

/**
 * Runs all stages. Every round is on disk before the next one begins; the report is written at the end.
 *
 * @throws InvalidInput when the run's folder is taken; StudyStopped when the study could not go on; the signal's
 *   reason when it aborts. The run's folder says so in each case.
 */
export async function conductStudy(conduct: StudyConduct): Promise<Run> {
  const { study, run, reporter, traffic } = conduct;
  const recorder = await startRun({ ...run, study, now: () => new Date() });
  try {
    for await (const report of runStudy(study, conduct)) {
      await recorder.record(report);
      reporter.line(roundText(report));
    }
  } catch (error) {
    await recorder.stop(error instanceof Error ? error.message : String(error));
    throw error;
  }
  await recorder.finish(traffic());
  return writeReport(recorder.folder.path);
}
