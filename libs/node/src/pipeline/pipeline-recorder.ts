/** Stores a pipeline's run on disk while it goes on, so that finished steps survive whatever happens next. */

import type { SensorPlan } from '@gaitway/core';
import type { Normalisation } from '@gaitway/core/inputs';
import { digestBytes, digestJson } from '@gaitway/core/internal';
import { layoutOf, partsOf } from '@gaitway/core/model';
import type { StepReport } from '@gaitway/core/pipeline';
import type { EpochReport } from '@gaitway/core/train';
import { join } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import { appendJsonLines } from '../files/json-lines.js';
import { writeModel } from '../models/model-file.js';
import { gaitwayVersion } from '../run/version.js';
import { startCurves } from './curves.js';
import {
  createPipelineFolder,
  type PipelineFolder,
  type PipelineResult,
  type PipelineSettings,
  type StepLine,
  stepModelPath,
  type StepPlace,
  type TrainingLine,
} from './pipeline-folder.js';
import type { PipelineFile } from './read-pipeline-file.js';
import { renderPipeline } from './render-pipeline.js';

export interface PipelineRun {
  /** Path of the run's folder, which is created. */
  readonly folder: string;
  readonly file: PipelineFile;
  readonly settings: PipelineSettings;
  readonly sensors: SensorPlan;
  readonly normalisation: Normalisation;
  readonly now: () => Date;
}

export interface PipelineRecorder {
  readonly folder: PipelineFolder;
  /** Adds an epoch to the curves. */
  epoch(place: StepPlace, report: EpochReport): Promise<void>;
  /** Stores a step with its model as soon as it has ended. */
  record(report: StepReport): Promise<void>;
  /** Writes the result and the report: the run is finished. */
  finish(): Promise<PipelineResult>;
}

/**
 * Creates a run's folder with the pipeline as it was given.
 *
 * @throws InvalidInput when the folder already holds a run.
 */
export async function startPipelineRun(run: PipelineRun): Promise<PipelineRecorder> {
  const { file, settings, now } = run;
  const folder = await createPipelineFolder(run.folder);
  await writeFileAtomically(folder.pipeline, jsonText(file.written));
  const curves = await startCurves(folder, now);
  const digest = await digestJson(file.written);
  const steps: StepLine[] = [];
  let stepStart = now();
  return {
    folder,
    epoch: (place, report) => curves.epoch(place, report),
    record: async (report) => {
      const stepEnd = now();
      const seconds = Math.max(0, stepEnd.getTime() - stepStart.getTime()) / 1000;
      stepStart = stepEnd;
      const model = await storeModel(run, digest, report);
      const line = stepLine(report, { activities: settings.activities, seconds, model });
      if (report.evaluation) {
        await curves.evaluation(report, report.training?.epochs.length ?? 0, report.evaluation);
      }
      await appendJsonLines(folder.steps, [line]);
      steps.push(line);
    },
    finish: async () => {
      const pipeline = { tag: file.pipeline.tag, digest };
      const result = { pipeline, gaitway: gaitwayVersion, ...settings, steps };
      await writeFileAtomically(folder.result, jsonText(result));
      await writeFileAtomically(folder.report, renderPipeline(file, result));
      return result;
    },
  };
}

/** A step that does not train has no model of its own. */
async function storeModel(
  { folder, file, settings, sensors, normalisation }: PipelineRun,
  digest: string,
  { index, tag, model, training }: StepReport,
): Promise<StepLine['model']> {
  if (!model || !training) {
    return undefined;
  }
  const path = stepModelPath({ index, tag });
  const sha256 = await writeModel(join(folder, path), model.parameters, {
    gaitway: gaitwayVersion,
    study: file.pipeline.tag,
    studyDigest: digest,
    stage: tag,
    rounds: 1,
    seed: settings.seed,
    activities: settings.activities,
    sensors,
    unit: 'g',
    normalisation,
    network: model.network,
  });
  return { path, sha256, parametersSha256: await digestBytes(model.parameters) };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Facts for the line that the report does not contain. */
interface StepFacts {
  readonly activities: readonly string[];
  readonly seconds: number;
  readonly model: StepLine['model'] | undefined;
}

function stepLine(report: StepReport, { activities, seconds, model }: StepFacts): StepLine {
  const { index, tag, type, evaluation } = report;
  const training = trainingLine(report, activities);
  return {
    index,
    tag,
    type,
    seconds,
    ...(model && { model }),
    ...(training && { training }),
    ...(evaluation && { eval_results: evaluation }),
  };
}

function trainingLine({ training, model }: StepReport, activities: readonly string[]): TrainingLine | undefined {
  if (!training) {
    return undefined;
  }
  const { selection, ...rest } = training;
  const accepted = Object.fromEntries(activities.map((name, index) => [name, selection?.accepted[index] ?? 0]));
  const parts = model ? partsOf(layoutOf(model.network)) : [];
  const frozen = parts.filter((part) => !rest.trained.includes(part));
  return { ...rest, frozen, ...(selection && { selection: { ...selection, accepted } }) };
}
