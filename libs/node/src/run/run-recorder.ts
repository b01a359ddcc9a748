/** Keeps a run on disk while it goes on, so that what was learned survives whatever happens next. */

import {
  digestBytes,
  networkOf,
  studyDigest,
  type Digest,
  type Normalisation,
  type RoundReport,
  type Study,
} from '@gaitway/core';
import { join } from 'node:path';
import { writeFileAtomically } from './atomic-write.js';
import { appendEvents, roundEvents, type RunEvent } from './events.js';
import { appendJsonLines } from './json-lines.js';
import { writeModel } from './model-file.js';
import type { RoundLine } from './round-line.js';
import { createRunFolder, modelPath, type RunFolder } from './run-folder.js';
import { noProgress, withLine, type RunProgress } from './run-progress.js';
import type { RunResult, Traffic } from './run-result.js';
import { gaitwayVersion } from './version.js';

export interface RunPlan {
  /** Path of the run's folder, which is made. */
  readonly folder: string;
  readonly study: Study;
  readonly backend: string;
  /** Absent where each site normalises by its own recordings. */
  readonly normalisation?: Normalisation;
  readonly now: () => Date;
}

/** Writes a run's folder: `for await (const report of runStudy(…)) await recorder.record(report)`. */
export interface RunRecorder {
  readonly folder: RunFolder;
  /** Keeps a round as soon as it ended, and with the last round of a stage what the stage has learned. */
  record(report: RoundReport): Promise<void>;
  /** Writes the result: the run is finished. */
  finish(traffic: Traffic): Promise<RunResult>;
  /** Notes why the run ends without a result. */
  stop(reason: string): Promise<void>;
}

/**
 * Begins a run's folder with the frozen study.
 *
 * @throws InvalidInput when the folder holds a run already.
 */
export async function startRun(plan: RunPlan): Promise<RunRecorder> {
  const { study, backend, now } = plan;
  const digest = await studyDigest(study);
  const folder = await createRunFolder(plan.folder);
  const log = (...events: readonly RunEvent[]): Promise<void> => appendEvents(folder.events, now(), events);
  await writeFileAtomically(folder.study, jsonText({ study, digest }));
  await log({ event: 'run-started', study: study.name, digest, backend, gaitway: gaitwayVersion });
  let progress = noProgress;
  let model: RunResult['model'] | undefined;
  let roundStart = now();
  return {
    folder,
    record: async (report) => {
      const roundEnd = now();
      const line = await roundLine(report, secondsBetween(roundStart, roundEnd));
      roundStart = roundEnd;
      await appendJsonLines(folder.rounds, [line]);
      await log(...roundEvents(line));
      const finishedBefore = progress.stages.length;
      progress = withLine(progress, line, study.activities);
      if (progress.stages.length > finishedBefore) {
        model = await storeModel({ ...plan, digest }, report);
        await log({ event: 'stage-finished', stage: line.stage, parametersSha256: line.parametersSha256 });
      }
    },
    finish: async (traffic) => {
      const result = { ...resultSoFar({ ...plan, digest }, progress), traffic, model: existing(model) };
      await writeFileAtomically(folder.result, jsonText(result));
      await log({ event: 'run-finished' });
      return result;
    },
    stop: (reason) => log({ event: 'run-stopped', reason }),
  };
}

async function roundLine({ parameters, ...report }: RoundReport, seconds: number): Promise<RoundLine> {
  return { ...report, seconds, parametersSha256: await digestBytes(parameters) };
}

/** A plan with what identifies its study. */
type IdentifiedPlan = RunPlan & { readonly digest: Digest };

async function storeModel(plan: IdentifiedPlan, report: RoundReport): Promise<RunResult['model']> {
  const { study, digest, normalisation } = plan;
  const path = modelPath(report.stage);
  const sha256 = await writeModel(join(plan.folder, path), report.parameters, {
    gaitway: gaitwayVersion,
    study: study.name,
    studyDigest: digest,
    stage: report.stage,
    activities: study.activities,
    sensors: study.sensors,
    ...(normalisation && { normalisation }),
    network: networkOf(study, report.stage),
  });
  return { path, sha256 };
}

function resultSoFar(plan: IdentifiedPlan, progress: RunProgress): Omit<RunResult, 'traffic' | 'model'> {
  const { study, digest, backend } = plan;
  const { stages, evaluation, clients } = progress;
  return {
    study: { name: study.name, digest, seed: study.seed },
    gaitway: gaitwayVersion,
    backend,
    stages,
    evaluation,
    clients,
  };
}

function existing(model: RunResult['model'] | undefined): RunResult['model'] {
  if (!model) {
    throw new Error('a run without a finished stage has no result');
  }
  return model;
}

/** Seconds with milliseconds. */
function secondsBetween(start: Date, end: Date): number {
  return Math.max(0, end.getTime() - start.getTime()) / 1000;
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
