/** Runs a pipeline on the recordings of a folder, stores the run in a folder of its own and reports progress. */

import { windowCount } from '@gaitway/core/data';
import { publishedModel } from '@gaitway/core/model';
import { type PipelineStep, runPipeline, type StepReport } from '@gaitway/core/pipeline';
import type { EpochReport } from '@gaitway/core/train';
import type { BackendName } from '../backend/backend-name.js';
import { loadBackend } from '../backend/load-backend.js';
import { defaultRunFolder, refuseOccupied } from '../run/run-folder.js';
import type { Reporter } from '../terminal/reporter.js';
import {
  type LoadedPipeline,
  loadPipelineData,
  type PipelineSource,
  refuseShortWindows,
} from './load-pipeline-data.js';
import { startPipelineRun } from './pipeline-recorder.js';
import type { PipelineResult, PipelineSettings } from './pipeline-folder.js';
import { readPipelineFile } from './read-pipeline-file.js';
import { fitStoredModels, readStoredModels } from './stored-models.js';

export interface PipelineConduct {
  /** The pipeline's file. */
  readonly file: string;
  readonly source: PipelineSource;
  readonly fineTune: 'top' | 'all';
  /** By default the fastest that works. */
  readonly backend?: BackendName;
  /** The run's folder; by default one named after the pipeline and the time. */
  readonly run?: string;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** A finished run and its paths. */
export interface ConductedPipeline {
  readonly run: string;
  /** Path of the page. */
  readonly report: string;
  readonly result: PipelineResult;
}

/**
 * Runs all steps. Each is stored on disk before the next one begins.
 *
 * @throws InvalidInput for a pipeline, data or a folder that cannot be used; whatever `runPipeline` throws.
 */
export async function conductPipeline(conduct: PipelineConduct): Promise<ConductedPipeline> {
  const { source, fineTune, reporter, signal } = conduct;
  const file = await readPipelineFile(conduct.file, new Date());
  const { sensors } = source;
  const folder = conduct.run ?? defaultRunFolder(file.pipeline.tag, new Date());
  refuseShortWindows(conduct.file, sensors, publishedModel);
  await refuseOccupied(folder);
  const starts = await readStoredModels(file);
  warnAll(reporter, file.warnings);
  reporter.status('reading recordings …');
  const loaded = await loadPipelineData(source);
  const stored = fitStoredModels(conduct.file, starts, { ...loaded, sensors });
  warnAll(reporter, stored.warnings);
  const backend = await loadBackend(conduct.backend);
  const settings = settingsOf(conduct, loaded, backend.name);
  const { normalisation } = loaded;
  const recorder = await startPipelineRun({ folder, file, settings, sensors, normalisation, now: () => new Date() });
  reporter.line(openingText(file.pipeline.tag, settings));
  for await (const report of runPipeline(file.pipeline, loaded.data, {
    seed: source.seed,
    activities: loaded.activities,
    fineTune,
    storedModels: stored.models,
    onEpoch: async (epoch, step, index) => {
      await recorder.epoch({ index, tag: step.tag }, epoch);
      reporter.line(epochText(step, epoch));
    },
    signal,
  })) {
    await recorder.record(report);
    reporter.line(stepText(report));
  }
  return { run: folder, report: recorder.folder.report, result: await recorder.finish() };
}

function warnAll(reporter: Reporter, warnings: readonly string[]): void {
  for (const warning of warnings) {
    reporter.warn(warning);
  }
}

function settingsOf({ source, fineTune }: PipelineConduct, loaded: LoadedPipeline, backend: string): PipelineSettings {
  const { labelled, validation, unlabelled, test } = loaded.data;
  return {
    seed: source.seed,
    backend,
    fineTune,
    activities: loaded.activities,
    testPeople: loaded.testPeople,
    ...(source.windowsPerClass !== undefined && { windowsPerClass: source.windowsPerClass }),
    windows: {
      labelled: windowCount(labelled),
      validation: windowCount(validation),
      unlabelled: windowCount(unlabelled),
      test: windowCount(test),
    },
  };
}

function openingText(tag: string, { backend, windows, testPeople }: PipelineSettings): string {
  const { labelled, validation, unlabelled, test } = windows;
  const counts = `${labelled} labelled windows, ${validation} to validate on, ${unlabelled} unlabelled, ${test} to test on`;
  return `Pipeline "${tag}": ${counts} (people ${testPeople.join(', ')}), backend ${backend}`;
}

/** Text such as `self_har 3/30: loss 2.113, validation 1.987`. */
function epochText({ tag, epochs }: PipelineStep, report: EpochReport): string {
  const { epoch, trainingLoss, validationLoss } = report;
  const validation = validationLoss === undefined ? '' : `, validation ${validationLoss.toFixed(3)}`;
  return `${tag} ${epoch}/${epochs}: loss ${trainingLoss.toFixed(3)}${validation}`;
}

/** Text such as `self_har: 9000 of 10000 windows accepted, best epoch 27, weighted F1 0.881`. */
function stepText({ tag, training, evaluation }: StepReport): string {
  const selection = training?.selection;
  const accepted = selection?.accepted.reduce((sum, count) => sum + count, 0);
  const parts = [
    ...(selection ? [`${accepted ?? 0} of ${selection.windows} windows accepted`] : []),
    ...(training ? [`best epoch ${training.bestEpoch}`] : []),
    ...(evaluation ? [`weighted F1 ${evaluation.weightedF1.toFixed(3)}`] : []),
  ];
  return `${tag}: ${parts.join(', ') || 'done'}`;
}
