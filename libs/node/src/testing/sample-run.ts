/** A made-up finished run, for reports. */

import { runFolder } from '../run/run-folder.js';
import type { Run } from '../run/read-run.js';
import { noProgress, withLine } from '../run/events/run-progress.js';
import { sampleBaselines, sampleReports } from './sample-reports.js';
import { type SampleSize, sampleStudy } from './sample-study.js';
import { without } from './without.js';

/** @param clientNames - By default nineteen people. */
export function sampleRun(size: SampleSize = {}, clientNames: readonly string[] = peopleNames(19)): Run {
  const study = sampleStudy(size);
  const rounds = sampleReports(study, clientNames).map(({ parameters, ...report }) => ({
    ...without(report, 'checkpoint'),
    seconds: report.where === 'clients' ? 14.2 + (report.round % 3) : 9.25,
    parametersSha256: parameters.length.toString(16).padStart(8, '0').repeat(8),
  }));
  const progress = rounds.reduce((before, line) => withLine(before, line, study.activities), noProgress);
  return {
    folder: runFolder('runs/sample'),
    study,
    result: {
      study: { name: study.name, digest: '5f'.repeat(32), seed: study.seed },
      gaitway: '0.1.0',
      backend: 'wasm',
      stages: progress.stages,
      evaluation: progress.evaluation,
      baselines: sampleBaselines(study),
      clients: progress.clients,
      traffic: { bytesDown: 356_232_672, bytesUp: 331_234_110 },
      model: { path: 'models/fine-tune.safetensors', sha256: 'c4'.repeat(32) },
    },
    rounds,
    departures: [],
    startedAt: '2026-03-05T18:04:09.120Z',
    finishedAt: '2026-03-05T18:08:01.480Z',
    warnings: [],
  };
}

/** Names of `count` people: `person-001` and so on. */
export function peopleNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `person-${String(index + 1).padStart(3, '0')}`);
}
