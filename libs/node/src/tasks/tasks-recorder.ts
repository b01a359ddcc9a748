/** Stores a multi-task training on disk while it goes on. */

import type { SensorPlan } from '@gaitway/core';
import type { Normalisation } from '@gaitway/core/inputs';
import { digestBytes, digestJson } from '@gaitway/core/internal';
import type { TaskModel, TaskReport, TasksPlan } from '@gaitway/core/tasks';
import type { EpochReport } from '@gaitway/core/train';
import { join } from 'node:path';
import { startCurves } from '../pipeline/curves.js';
import {
  createPipelineFolder,
  type PipelineFolder,
  stepModelPath,
  type StepPlace,
} from '../pipeline/pipeline-folder.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { writeModel } from '../models/model-file.js';
import { gaitwayVersion } from '../run/version.js';
import { renderTasks } from './render-tasks.js';
import type { TaskModelLine, TasksResult, TasksSettings } from './tasks-result.js';

export interface TasksRun {
  /** Path of the run's folder, which is created. */
  readonly folder: string;
  readonly plan: TasksPlan;
  readonly settings: TasksSettings;
  readonly sensors: SensorPlan;
  readonly normalisation: Normalisation;
  readonly now: () => Date;
}

export interface TasksRecorder {
  readonly folder: PipelineFolder;
  /** Adds an epoch to the curves. */
  epoch(place: StepPlace, report: EpochReport): Promise<void>;
  /** Stores a model as soon as it is trained. */
  model(place: StepPlace, model: TaskModel): Promise<void>;
  /** Writes the result and the report: the run is finished. */
  finish(tasks: readonly TaskReport[]): Promise<TasksResult>;
}

/**
 * Creates a run's folder with the plan of the training, including defaults.
 *
 * @throws InvalidInput when the folder already holds a run.
 */
export async function startTasksRun(run: TasksRun): Promise<TasksRecorder> {
  const { plan, settings, now } = run;
  const folder = await createPipelineFolder(run.folder);
  await writeFileAtomically(join(folder.path, 'tasks.json'), jsonText(plan));
  const curves = await startCurves(folder, now);
  const digest = await digestJson(plan);
  const models: TaskModelLine[] = [];
  const epochs = new Map<number, readonly EpochReport[]>();
  return {
    folder,
    epoch: async (place, report) => {
      epochs.set(place.index, [...(epochs.get(place.index) ?? []), report]);
      await curves.epoch(place, report);
    },
    model: async (place, model) => {
      const stored = await storeModel(run, { digest, place }, model);
      models.push({ ...stored, epochs: epochs.get(place.index) ?? [] });
    },
    finish: async (tasks) => {
      const training = { name: plan.name, digest };
      const result = { training, gaitway: gaitwayVersion, ...settings, models, tasks };
      await writeFileAtomically(folder.result, jsonText(result));
      await writeFileAtomically(folder.report, renderTasks(plan, result));
      return result;
    },
  };
}

async function storeModel(
  { folder, plan, settings, sensors, normalisation }: TasksRun,
  { digest, place }: { readonly digest: string; readonly place: StepPlace },
  { network, parameters, bestEpoch }: TaskModel,
): Promise<Omit<TaskModelLine, 'epochs'>> {
  const path = stepModelPath(place);
  const sha256 = await writeModel(join(folder, path), parameters, {
    gaitway: gaitwayVersion,
    study: plan.name,
    studyDigest: digest,
    stage: place.tag,
    rounds: 1,
    seed: settings.seed,
    activities: network.heads.find(({ name }) => name === 'activity')?.outputs ?? [],
    sensors,
    unit: 'g',
    normalisation,
    network,
  });
  const tasks = network.heads.map(({ name }) => name);
  return { tag: place.tag, tasks, path, sha256, parametersSha256: await digestBytes(parameters), bestEpoch };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
