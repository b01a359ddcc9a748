import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRun } from '../run/run-recorder.js';
import type { Traffic } from '../run/run-result.js';
import { sampleReports } from '../testing/sample-reports.js';
import { sampleStudy } from '../testing/sample-study.js';
import { writeReport } from './write-report.js';

describe('writeReport', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'gaitway-'));
  });
  afterEach(() => rm(parent, { recursive: true }));

  it("puts the report of a recorded run into the run's folder", async () => {
    const folder = join(parent, 'run');
    const study = sampleStudy({ rounds: 3 });
    const traffic = (): Traffic => ({ bytesDown: 1, bytesUp: 2 });
    await using recorder = await startRun({ folder, study, backend: 'cpu', traffic, now: () => new Date(0) });
    for (const report of sampleReports(study, ['ada', 'ben'])) {
      await recorder.record(report);
    }
    await recorder.finish();
    const run = await writeReport(folder);
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    expect(run.folder.report).toBe(join(folder, 'report.html'));
    expect(page).toContain('<h1>motionsense</h1>');
    expect(page).toContain('1 January 1970, 00:00–00:00 UTC');
    expect(page).toContain(run.result.model.sha256);
  });

  it('writes nothing for a folder without a run', async () => {
    await expect(writeReport(parent)).rejects.toThrow('found no study.json');
  });
});
