/** Assembles the samples of a file, in order, into recordings. */

import { InvalidInput } from '../../errors.js';
import { readPersonName } from '../../names.js';
import { type RawRecording, NO_ACTIVITY } from '../recording.js';
import { cellError } from './csv-table.js';

/** Properties that all recordings of a file share. */
export interface FileFacts {
  /** The file, for messages. */
  readonly source: string;
  readonly channels: readonly string[];
  /** The rate of the clock where the file has no time stamps; else the column of the time stamps, for messages. */
  readonly clock: { readonly rateHz: number } | { readonly column: string };
}

/** One row of a file. */
export interface FileSample {
  /** Line number in the file, counted from 1. */
  readonly line: number;
  readonly subject: string;
  /** A recording ends where this or the subject changes. */
  readonly part: string;
  /** Undefined where the sample is not labelled. */
  readonly activity: string | undefined;
  /** Undefined where the file has no time stamps. */
  readonly seconds: number | undefined;
  /** Acceleration in g, shape [channel]. */
  readonly values: readonly number[];
}

export interface RecordingAssembler {
  /**
   * Adds the next sample of the file.
   *
   * @throws InvalidInput when it is not later than the previous one. Two samples with the same time are refused too:
   *   either the clock is too coarse for the sensor or a part of the file is duplicated, and only its owner knows
   *   which.
   */
  add(sample: FileSample): void;
  /**
   * All recordings; called once the file has ended.
   *
   * @throws InvalidInput when the name of a person has characters that nobody sees
   */
  finish(): readonly RawRecording[];
}

/** A recording under construction. */
interface Draft {
  readonly first: FileSample;
  readonly values: number[];
  readonly seconds: number[];
  readonly activities: string[];
  readonly ofSample: number[];
}

/** Creates an assembler for the samples of a file. */
export function assembleRecordings(file: FileFacts): RecordingAssembler {
  const drafts: Draft[] = [];
  return {
    add: (sample) => {
      let draft = drafts.at(-1);
      if (draft?.first.subject !== sample.subject || draft.first.part !== sample.part) {
        draft = { first: sample, values: [], seconds: [], activities: [], ofSample: [] };
        drafts.push(draft);
      }
      append(file, draft, sample);
    },
    finish: () =>
      drafts.map((draft) => {
        const source = drafts.length > 1 ? `${file.source}:${draft.first.line}` : file.source;
        const subject = readPersonName(draft.first.subject, file.source, `line ${draft.first.line}, the person`);
        return { subject, ...toRecording({ ...file, source }, draft) };
      }),
  };
}

function append(file: FileFacts, draft: Draft, { line, activity, seconds, values }: FileSample): void {
  if (seconds !== undefined && 'column' in file.clock) {
    const before = draft.seconds.at(-1);
    if (before !== undefined && !(seconds > before)) {
      const found = seconds === before ? 'the same time again' : `a step back by ${before - seconds} s`;
      throw cellError(
        file.source,
        line,
        file.clock.column,
        `expected a later time than in the row before, found ${found}`,
      );
    }
    draft.seconds.push(seconds);
  }
  for (const value of values) {
    draft.values.push(value);
  }
  draft.ofSample.push(activity === undefined ? NO_ACTIVITY : activityIndex(file, draft, activity));
}

function activityIndex({ source }: FileFacts, { activities, first }: Draft, activity: string): number {
  const known = activities.indexOf(activity);
  if (known !== -1) {
    return known;
  }
  if (activities.length === NO_ACTIVITY) {
    const message = `expected at most ${NO_ACTIVITY} activities in a recording, found more: is this the right column?`;
    throw new InvalidInput(source, [{ path: `the recording from line ${first.line} on`, message }]);
  }
  return activities.push(activity) - 1;
}

function toRecording({ source, channels, clock }: FileFacts, draft: Draft): Omit<RawRecording, 'subject'> {
  const { values, seconds, activities, ofSample } = draft;
  return {
    source,
    channels,
    samples: Float32Array.from(values),
    timing: 'rateHz' in clock ? { rateHz: clock.rateHz } : { seconds: Float64Array.from(seconds) },
    ...(activities.length > 0 && { labels: { names: activities, ofSample: Uint8Array.from(ofSample) } }),
  };
}
