/** The table of predictions as CSV: a row for each window, with the probability of each activity. */

import type { RawRecording } from '@gaitway/core';
import { mostProbable } from '@gaitway/core/metrics';
import { csvField } from '../files/csv-field.js';

/** The windows of one recording, with what the model makes of them. */
export interface PredictedWindows {
  readonly recording: Pick<RawRecording, 'source' | 'subject'>;
  /** Seconds of the recording's own clock, shape [window]. */
  readonly startSeconds: Float64Array;
  /** Shape [window, activity]. */
  readonly probabilities: Float32Array;
  /** The same, given all windows of the recording; absent where nothing is smoothed. */
  readonly smoothed?: Float32Array;
}

/** This number of digits distinguishes any two Float32 numbers. */
const FLOAT32_DIGITS = 9;
/** Clocks are told to the microsecond. */
const TIME_DIGITS = 6;

/** The first line of the table. */
export function tableHead(activities: readonly string[], isSmoothed: boolean): string {
  const columns = (prefix: string): readonly string[] => [
    `${prefix}activity`,
    ...activities.map((activity) => `${prefix}probability_${activity}`),
  ];
  return lineOf(['recording', 'person', 'start', 'end', ...columns(''), ...(isSmoothed ? columns('smoothed_') : [])]);
}

/** A line for each window, in the order of time. */
export function tableRows(
  { recording, startSeconds, probabilities, smoothed }: PredictedWindows,
  { activities, seconds }: { readonly activities: readonly string[]; readonly seconds: number },
): string {
  const cells = (rows: Float32Array, window: number): readonly string[] => [
    activities[mostProbable(rows, window, activities.length)] ?? '',
    ...Array.from(rows.subarray(window * activities.length, (window + 1) * activities.length), (value) =>
      String(Number(value.toPrecision(FLOAT32_DIGITS))),
    ),
  ];
  return Array.from(startSeconds, (start, window) =>
    lineOf([
      recording.source,
      recording.subject,
      timeText(start),
      timeText(start + seconds),
      ...cells(probabilities, window),
      ...(smoothed ? cells(smoothed, window) : []),
    ]),
  ).join('');
}

function timeText(seconds: number): string {
  return String(Number(seconds.toFixed(TIME_DIGITS)));
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(csvField).join(',')}\n`;
}
