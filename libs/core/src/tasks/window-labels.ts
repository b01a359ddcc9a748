/** Labels of windows, from the recordings' own activities or from a label file. */

import { checkActivities } from '../data/requirements.js';
import { slideLabelledWindows, slideWindows, windowCount, type WindowPlan } from '../data/windows.js';
import type { ByHead } from '../model/network-spec.js';
import { checkLabelRows, type LabelRow, type LabelTable } from './label-table.js';
import type { PlacedRecording } from './placed-recordings.js';
import type { TaskPlan } from './task-plan.js';
import type { TaskWindows } from './task-windows.js';

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
