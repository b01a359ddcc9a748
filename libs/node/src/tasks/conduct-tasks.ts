/** Trains tasks on the recordings of a folder, stores the run in a folder of its own and reports progress. */

import { createRng } from '@gaitway/core';
import { windowCount } from '@gaitway/core/data';
import {
  compareTasks,
  labelledWindows,
  predictTasks,
  type TaskData,
  type TaskModel,
  trainAlone,
  trainJointly,
} from '@gaitway/core/tasks';
import type { EpochReport } from '@gaitway/core/train';
import type { BackendName } from '../backend/backend-name.js';
import { loadBackend } from '../backend/load-backend.js';
import type { StepPlace } from '../pipeline/pipeline-folder.js';
import { refuseShortWindows } from '../pipeline/load-pipeline-data.js';
import { defaultRunFolder, refuseOccupied } from '../run/run-folder.js';
import type { Reporter } from '../terminal/reporter.js';
import { type LoadedTasks, loadTaskData, type TaskSource } from './load-task-data.js';
import { readTaskFile, type TaskFile } from './read-task-file.js';
import { startTasksRun, type TasksRecorder } from './tasks-recorder.js';
import type { TasksResult, TasksSettings, WindowCounts } from './tasks-result.js';
import { tasksTable } from './transfer-table.js';

export interface TasksConduct {
  /** The task file. */
  readonly file: string;
  readonly source: TaskSource;
  /** Replaces the seed in the file. */
  readonly seed?: number;
  /** `each-alone`: after the joint training each task is trained alone and compared. */
  readonly comparison: 'none' | 'each-alone';
  /** By default the fastest that works. */
  readonly backend?: BackendName;
  /** The run's folder; by default one named after the training and the time. */
  readonly run?: string;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** A finished run and its paths. */
export interface ConductedTasks {
  readonly run: string;
  /** Path of the page. */
  readonly report: string;
  readonly result: TasksResult;
  /** The tasks' figures as a table. */
  readonly table: string;
}

/**
 * Trains all tasks jointly and, if requested, each alone. Each model is stored on disk before the next training begins.
 *
 * @throws InvalidInput for a task file, labels, data or a folder that cannot be used; whatever training throws.
 */
export async function conductTasks(conduct: TasksConduct): Promise<ConductedTasks> {
  const { source, reporter } = conduct;
  const file = await readTaskFile(conduct.file, conduct.seed);
  const { plan } = file;
  const { sensors } = source;
  const run = conduct.run ?? defaultRunFolder(plan.name, new Date());
  refuseShortWindows(conduct.file, sensors, plan.network);
  await refuseOccupied(run);
  reporter.status('reading recordings …');
  const loaded = await loadTaskData(file, source);
  const backend = await loadBackend(conduct.backend);
  const settings = settingsOf(file, loaded, backend.name);
  const { normalisation } = loaded;
  const recorder = await startTasksRun({ folder: run, plan, settings, sensors, normalisation, now: () => new Date() });
  reporter.line(openingText(plan.name, settings));
  const predictions = await trainAll(conduct, { file, loaded, recorder });
  const rng = createRng(plan.seed).fork('tasks', 'resamples');
  const reports = compareTasks(plan.tasks, loaded.data.test, { ...predictions, rng });
  const result = await recorder.finish(reports);
  return { run, report: recorder.folder.report, result, table: tasksTable(reports) };
}

interface Work {
  readonly file: TaskFile;
  readonly loaded: LoadedTasks;
  readonly recorder: TasksRecorder;
}

type Predictions = Awaited<ReturnType<typeof predictTasks>>;

/** Predictions for the test windows, of the joint model and of each task's own model. */
async function trainAll(
  { comparison, reporter, signal }: TasksConduct,
  { file: { plan }, loaded: { data }, recorder }: Work,
): Promise<{ readonly joint: Predictions; readonly alone: Predictions }> {
  const watched = (place: StepPlace): Parameters<typeof trainJointly>[2] => ({
    signal,
    onEpoch: async (epoch) => {
      await recorder.epoch(place, epoch);
      reporter.line(epochText(place.tag, epoch));
    },
  });
  const finished = async (place: StepPlace, model: TaskModel): Promise<Predictions> => {
    await recorder.model(place, model);
    return predictTasks(model, data.test, signal);
  };
  const jointPlace = { index: 0, tag: 'joint' };
  const joint = await finished(jointPlace, await trainJointly(plan, data, watched(jointPlace)));
  const alone: Record<string, Float32Array> = {};
  for (const [index, task] of (comparison === 'none' ? [] : Object.keys(plan.tasks)).entries()) {
    const place = { index: index + 1, tag: task };
    Object.assign(alone, await finished(place, await trainAlone(plan, task, data, watched(place))));
  }
  return { joint, alone };
}

function settingsOf({ plan }: TaskFile, { data, testPeople }: LoadedTasks, backend: string): TasksSettings {
  return {
    seed: plan.seed,
    backend,
    testPeople,
    windows: {
      training: windowCount(data.training.windows),
      validation: windowCount(data.validation.windows),
      test: windowCount(data.test.windows),
    },
    labels: labelCounts(data),
  };
}

function openingText(name: string, { backend, windows, testPeople }: TasksSettings): string {
  const { training, validation, test } = windows;
  const counts = `${training} windows to learn from, ${validation} to validate on, ${test} to test on`;
  return `Tasks "${name}": ${counts} (people ${testPeople.join(', ')}), backend ${backend}`;
}

/** Text such as `joint 3: loss 2.113, validation 1.987`. */
function epochText(tag: string, { epoch, trainingLoss, validationLoss }: EpochReport): string {
  const validation = validationLoss === undefined ? '' : `, validation ${validationLoss.toFixed(3)}`;
  return `${tag} ${epoch}: loss ${trainingLoss.toFixed(3)}${validation}`;
}

/** Numbers of labelled windows, keyed by task in the plan's order. */
export function labelCounts({ training, validation, test }: TaskData): Readonly<Record<string, WindowCounts>> {
  const counts = (task: string): WindowCounts => ({
    training: labelledWindows(training, [task]).length,
    validation: labelledWindows(validation, [task]).length,
    test: labelledWindows(test, [task]).length,
  });
  return Object.fromEntries(Object.keys(training.labels).map((task) => [task, counts(task)]));
}
