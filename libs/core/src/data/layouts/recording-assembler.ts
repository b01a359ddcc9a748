/** Assembles the samples of a file, in order, into recordings. */

import { InvalidInput } from '../../errors.js';
import { composedName, readPersonName } from '../../names.js';
import { type RawRecording, NO_ACTIVITY } from '../recording.js';
import type { TimedSamples } from './evened-times.js';
import { evened, type FileClock, requireLater } from './file-clock.js';

/** Properties that all recordings of a file share. */
export interface FileFacts {
  /** The file, for messages. */
  readonly source: string;
  readonly channels: readonly string[];
  readonly clock: FileClock;
  /** Whether rows of several people or devices alternate; else a recording ends where the next one begins. */
  readonly interleaved?: boolean;
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
  readonly values: ArrayLike<number>;
}

export interface RecordingAssembler {
  /**
   * Adds the next sample of the file; its values are copied.
   *
   * @throws InvalidInput when it is not later than the previous one, as far as the clock does not allow it. Two samples
   *   with the same time are refused too: either the clock is too coarse for the sensor or a part of the file is
   *   duplicated, and only its owner knows which.
   */
  add(sample: FileSample): void;
  /** Leaves out a row that cannot be read. Where no time stamps show the gap, a new recording begins after it. */
  skip(): void;
  /**
   * All recordings; called once the file has ended.
   *
   * @throws InvalidInput when the name of a person has characters that nobody sees, or persons alternate in a file that
   *   is not said to be interleaved
   */
  finish(): readonly RawRecording[];
}

/** A recording under construction. */
interface Draft {
  readonly line: number;
  readonly subject: string;
  readonly part: string;
  count: number;
  values: Float32Array;
  seconds: Float64Array;
  ofSample: Uint8Array;
  readonly activities: string[];
  lastActivity: string | undefined;
  lastIndex: number;
}

/** Creates an assembler for the samples of a file. */
export function assembleRecordings(file: FileFacts): RecordingAssembler {
  let drafts: Draft[] = [];
  let open = new Map<string, Draft>();
  let current: Draft | undefined;
  const draftOf = (sample: FileSample): Draft => {
    if (current?.subject === sample.subject && current.part === sample.part) {
      return current;
    }
    const key = JSON.stringify([sample.subject, sample.part]);
    const known = file.interleaved ? open.get(key) : undefined;
    const draft = known ?? newDraft(file, sample);
    if (!known) {
      open.set(key, draft);
      drafts.push(draft);
    }
    current = draft;
    return draft;
  };
  return {
    add: (sample) => {
      append(file, draftOf(sample), sample);
    },
    skip: () => {
      if ('rateHz' in file.clock) {
        current = undefined;
        open = new Map();
      }
    },
    finish: () => {
      refuseAlternating(file, drafts);
      const finished = drafts.map((draft) => {
        const source = drafts.length > 1 ? `${file.source}:${draft.line}` : file.source;
        const subject = readPersonName(draft.subject, file.source, `line ${draft.line}, the person`);
        return { subject, ...toRecording({ ...file, source }, draft) };
      });
      drafts = [];
      return finished;
    },
  };
}

/** Number of recordings in a file from which on their mean length is judged. */
const MANY_RECORDINGS = 20;

/** Recordings with fewer samples on average are no recordings: people or devices alternate. */
const FEWEST_SAMPLES = 3;

/** Cut into pieces of a sample or two, the recordings of everybody would be lost without a word. */
function refuseAlternating({ source }: FileFacts, drafts: readonly Draft[]): void {
  const rows = drafts.reduce((sum, { count }) => sum + count, 0);
  if (drafts.length >= MANY_RECORDINGS && rows < FEWEST_SAMPLES * drafts.length) {
    const message = `expected the rows of a recording one below the other, found ${drafts.length} changes of person or recording in ${rows} rows: where rows of several alternate, write interleaved: true in gaitway.yaml`;
    throw new InvalidInput(source, [{ path: '', message }]);
  }
}

/** Number of samples for which a new draft has room. */
const FIRST_ROOM = 64;

function newDraft({ channels }: FileFacts, { line, subject, part }: FileSample): Draft {
  return {
    line,
    subject,
    part,
    count: 0,
    values: new Float32Array(FIRST_ROOM * channels.length),
    seconds: new Float64Array(FIRST_ROOM),
    ofSample: new Uint8Array(FIRST_ROOM),
    activities: [],
    lastActivity: undefined,
    lastIndex: NO_ACTIVITY,
  };
}

function append(file: FileFacts, draft: Draft, sample: FileSample): void {
  const { values, count } = draft;
  if (count === draft.seconds.length) {
    draft.values = enlarged(values, new Float32Array(2 * values.length));
    draft.seconds = enlarged(draft.seconds, new Float64Array(2 * count));
    draft.ofSample = enlarged(draft.ofSample, new Uint8Array(2 * count));
  }
  if (count > 0) {
    requireLater(file, sample, draft.seconds[count - 1] ?? 0);
  }
  draft.seconds[count] = sample.seconds ?? 0;
  const width = file.channels.length;
  for (let channel = 0; channel < width; channel++) {
    draft.values[count * width + channel] = sample.values[channel] ?? 0;
  }
  if (sample.activity !== draft.lastActivity) {
    draft.lastActivity = sample.activity;
    draft.lastIndex = sample.activity === undefined ? NO_ACTIVITY : activityIndex(file, draft, sample.activity);
  }
  draft.ofSample[count] = draft.lastIndex;
  draft.count++;
}

function enlarged<Values extends Float32Array | Float64Array | Uint8Array>(values: Values, larger: Values): Values {
  larger.set(values);
  return larger;
}

function activityIndex({ source }: FileFacts, { activities, line }: Draft, written: string): number {
  const activity = composedName(written);
  const known = activities.indexOf(activity);
  if (known !== -1) {
    return known;
  }
  if (activities.length === NO_ACTIVITY) {
    const message = `expected at most ${NO_ACTIVITY} activities in a recording, found more: is this the right column?`;
    throw new InvalidInput(source, [{ path: `the recording from line ${line} on`, message }]);
  }
  return activities.push(activity) - 1;
}

function toRecording({ source, channels, clock }: FileFacts, draft: Draft): Omit<RawRecording, 'subject'> {
  const { count, activities } = draft;
  const written: TimedSamples = {
    samples: draft.values.slice(0, count * channels.length),
    seconds: draft.seconds.slice(0, count),
    ofSample: draft.ofSample.slice(0, count),
  };
  const { samples, seconds, ofSample } = 'rateHz' in clock ? written : evened(written, clock, source);
  return {
    source,
    channels,
    samples,
    timing: 'rateHz' in clock ? { rateHz: clock.rateHz } : { seconds },
    ...(activities.length > 0 && { labels: { names: activities, ofSample } }),
  };
}
