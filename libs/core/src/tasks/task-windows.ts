/**
 * Windows with the labels of each task: from the recordings' own activities, or from a label file, whose times refer
 * to the start times of recordings.
 */

import type { RawRecording, SensorRecording } from '../data/recording.js';
import { checkActivities } from '../data/requirements.js';
import { sampleTimes } from '../data/resample.js';
import { unbrokenStretches } from '../data/stretches.js';
import {
  selectWindows,
  windowCount,
  type WindowedDataset,
  slideLabelledWindows,
  slideWindows,
  type WindowPlan,
} from '../data/windows.js';
import type { ByHead } from '../model/network-spec.js';
import { recordingsFor } from '../study/plans/prepare-data.js';
import type { SensorPlan } from '../study/study.js';
import { checkLabelRows, type LabelRow, type LabelTable } from './label-table.js';
import type { TaskPlan } from './task-plan.js';

/** A recording, with its place in the original recording that it is a part of. */
export interface PlacedRecording {
  readonly recording: SensorRecording;
  /** Seconds from the first sample of the original recording to the first of this one; above 0 after a gap. */
  readonly startSeconds: number;
}

/**
 * A recording at the plan's channels and rate; several recordings where a gap splits it.
 *
 * @throws InvalidInput when a channel is missing.
 */
export function placedRecordings(sensors: SensorPlan, raw: RawRecording): readonly PlacedRecording[] {
  const seconds = sampleTimes(raw);
  const stretches = unbrokenStretches(seconds);
  return recordingsFor(sensors, raw).map((recording, index) => ({
    recording,
    startSeconds: seconds[stretches[index]!.first]! - seconds[0]!,
  }));
}

/** Windows, with a label for each task where there is one. */
export interface TaskWindows {
  /** The windows, without labels. */
  readonly windows: WindowedDataset;
  /** Keyed by task; NaN where a label is missing; shape [window, output]. */
  readonly labels: ByHead<Float32Array>;
}

/** The windows with the given indices, in that order, and their labels. */
export function selectTaskWindows({ windows, labels }: TaskWindows, chosen: Uint32Array): TaskWindows {
  const rowsOf = (targets: Float32Array): Float32Array => {
    const outputs = targets.length / windowCount(windows);
    const rows = new Float32Array(chosen.length * outputs);
    chosen.forEach((window, row) => {
      rows.set(targets.subarray(window * outputs, (window + 1) * outputs), row * outputs);
    });
    return rows;
  };
  return {
    windows: selectWindows(windows, chosen),
    labels: Object.fromEntries(Object.entries(labels).map(([task, targets]) => [task, rowsOf(targets)])),
  };
}

/** Indices of the windows with at least one label in `tasks`, by default in any task. */
export function labelledWindows(
  { windows, labels }: TaskWindows,
  tasks: readonly string[] = Object.keys(labels),
): Uint32Array {
  const count = windowCount(windows);
  const known = new Set<number>();
  for (const task of tasks) {
    const targets = labels[task]!;
    targets.forEach((target, index) => {
      if (!Number.isNaN(target)) {
        known.add(Math.floor((index * count) / targets.length));
      }
    });
  }
  return Uint32Array.from(known).sort();
}

export interface Labelling {
  readonly windows: WindowPlan;
  readonly tasks: ByHead<TaskPlan>;
  /** Label tables of the tasks whose labels are in a file. */
  readonly tables: ByHead<LabelTable>;
}

/** All windows of the recordings, with the labels that exist. */
export function labelWindows(placed: readonly PlacedRecording[], labelling: Labelling): TaskWindows {
  const { windows: plan, tasks, tables } = labelling;
  const recordings = placed.map(({ recording }) => recording);
  const windows = slideWindows(recordings, plan);
  const targetsOf = (name: string, { outputs }: TaskPlan): Float32Array => {
    const targets = new Float32Array(windowCount(windows) * outputs.length).fill(NaN);
    const table = tables[name];
    if (table) {
      writeFileLabels(targets, windows, { table, starts: placed.map(({ startSeconds }) => startSeconds) });
    } else {
      writeActivities(targets, windows, slideLabelledWindows(recordings, plan, outputs));
    }
    return targets;
  };
  const labels = Object.entries(tasks).map(([name, task]) => [name, targetsOf(name, task)]);
  return { windows, labels: Object.fromEntries(labels) as ByHead<Float32Array> };
}

/**
 * Passes when the tasks know all activities in the recordings, and all rows of the label files refer to a recording or
 * person.
 *
 * @throws InvalidInput with each activity or row that is not known.
 */
export function checkLabels(placed: readonly PlacedRecording[], { tasks, tables }: Omit<Labelling, 'windows'>): void {
  const recordings = placed.map(({ recording }) => recording);
  const names = {
    recording: new Set(recordings.map(({ source }) => source)),
    person: new Set(recordings.map(({ subject }) => subject)),
  };
  for (const [name, { outputs }] of Object.entries(tasks)) {
    const table = tables[name];
    if (table) {
      checkLabelRows(table, names[table.by]);
    } else {
      checkActivities(recordings, outputs, 'refuse');
    }
  }
}

type Windows = TaskWindows['windows'];

/** A window has the label of the row that covers its middle. */
function writeFileLabels(
  targets: Float32Array,
  { shape, recordings, recordingOf, startOf }: Windows,
  { table, starts }: { readonly table: LabelTable; readonly starts: readonly number[] },
): void {
  const rowsOf = new Map<string, LabelRow[]>();
  for (const row of table.rows) {
    const known = rowsOf.get(row.of) ?? [];
    known.push(row);
    rowsOf.set(row.of, known);
  }
  recordingOf.forEach((index, window) => {
    const { source, subject, sampleRateHz } = recordings[index]!;
    const middle = starts[index]! + (startOf[window]! + shape.length / 2) / sampleRateHz;
    const rows = rowsOf.get(table.by === 'recording' ? source : subject) ?? [];
    const row = rows.find(({ start, end }) => start <= middle && middle < end);
    if (row) {
      targets.set(row.targets, window * row.targets.length);
    }
  });
}

/** @param labelled - The labelled ones among the windows, in the same order. */
function writeActivities(targets: Float32Array, { recordingOf, startOf }: Windows, labelled: Windows): void {
  const labels = labelled.labels!;
  const classes = targets.length / startOf.length;
  let next = 0;
  startOf.forEach((start, window) => {
    if (labelled.startOf[next] === start && labelled.recordingOf[next] === recordingOf[window]) {
      targets.set(labels.subarray(next * classes, (next + 1) * classes), window * classes);
      next++;
    }
  });
}
