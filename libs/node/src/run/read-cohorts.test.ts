import { COORDINATOR, parseStudy } from '@gaitway/core';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleReports } from '../testing/sample-reports.js';
import { sampleStudy } from '../testing/sample-study.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readCohorts, refuseAbsentClients } from './read-cohorts.js';
import { startRun } from './run-recorder.js';

const study = sampleStudy({ rounds: 6 });
const clients = ['ada', 'ben', 'cyd', 'dot'];

async function recordedRun(): Promise<string> {
  const folder = join(await temporaryFolder(), 'run');
  await using recorder = await startRun({
    folder,
    study,
    backend: 'wasm',
    traffic: () => ({ bytesDown: 0, bytesUp: 0 }),
    now: () => new Date(0),
  });
  for (const report of sampleReports(study, clients)) {
    const late = { client: 'eve', outcome: 'late', reason: 'no answer within 30 s' } as const;
    await recorder.record({ ...report, clients: [...report.clients, late] });
  }
  await recorder.finish();
  await recorder.seal();
  return folder;
}

describe('the cohorts of a run', () => {
  it('are those whose answers counted, round by round; nobody where it was aborted', async () => {
    const cohorts = await readCohorts(await recordedRun(), study);
    const student = cohorts.get('student');
    expect(student).toHaveLength(6);
    // The fourth client always abstains, the third fails in the second round, and the fifth is aborted.
    expect(student?.map((round) => round.length)).toEqual([4, 3, 4, 4, 0, 4]);
    expect(student?.[0]).toEqual(['ada', 'ben', 'cyd', COORDINATOR].map((client) => ({ client })));
    expect(cohorts.get('teacher')).toEqual([[{ client: COORDINATOR }]]);
    expect(() => {
      refuseAbsentClients(cohorts, ['ada', 'ben', 'cyd']);
    }).not.toThrow();
    expect(() => {
      refuseAbsentClients(cohorts, ['ada', 'eve']);
    }).toThrow('simulate: --cohorts: expected rounds of the clients in the data folder (ada, eve), found ben, cyd');
  });

  it('are refused where the run is of another study', async () => {
    const folder = await recordedRun();
    const other = parseStudy({ ...study, seed: study.seed + 1 });
    await expect(readCohorts(folder, other)).rejects.toThrow(/expected a run of this very study .* seed \d+ \(digest/);
  });
});
