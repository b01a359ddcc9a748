/** Records the made-up rounds of a run in a folder, as a process does that conducts it. */

import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startRun } from '../run/run-recorder.js';
import { sampleReports } from './sample-reports.js';
import { type SampleSize, sampleStudy } from './sample-study.js';

export interface RecordedRun extends SampleSize {
  /** How many rounds of all stages are recorded before the process ends; by default all, and the run is finished. */
  readonly until?: number;
  readonly backend?: string;
}

/** A clock that begins at a round time and advances by a second and a half whenever it is read. */
function clock(): () => Date {
  let time = Date.UTC(2026, 2, 5, 18, 4, 9);
  return () => new Date((time += 1500));
}

/** Records a run of the sample study with the clients ada, ben, cyd and dot. */
export async function recordRun(folder: string, run: RecordedRun = {}): Promise<void> {
  const { until, backend = 'wasm', ...size } = run;
  const study = sampleStudy({ rounds: 6, ...size });
  const traffic = (): { bytesDown: number; bytesUp: number } => ({ bytesDown: 4000, bytesUp: 3000 });
  await using recorder = await startRun({ folder, study, backend, traffic, now: clock() });
  for (const report of sampleReports(study, ['ada', 'ben', 'cyd', 'dot']).slice(0, until)) {
    await recorder.record(report);
  }
  if (until === undefined) {
    await recorder.finish();
    await recorder.seal();
  }
}

/** Adds the bytes that a process leaves that is killed while it writes a line. */
export async function cutShort(folder: string, name: string): Promise<void> {
  await appendFile(join(folder, name), '{"stage":"stud');
}
