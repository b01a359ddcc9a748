/** Cuts people's recordings into the windows of a pipeline, and says who is held out by default. */

import { withinLabelBudget } from '../data/label-budget.js';
import { normalisationOf } from '../data/normalise.js';
import type { SensorRecording } from '../data/recording.js';
import { usedActivities } from '../data/requirements.js';
import {
  selectWindows,
  slideLabelledWindows,
  slideWindows,
  windowCount,
  type WindowedDataset,
  type WindowPlan,
} from '../data/windows.js';
import { InvalidInput } from '../errors.js';
import type { Normalisation } from '../inputs/window-inputs.js';
import { createRng } from '../math/random.js';
import { holdBack } from './held-back.js';
import type { PipelineData } from './pipeline-context.js';

export interface PipelinePeople {
  /** Recordings of the people to train on. */
  readonly labelled: readonly SensorRecording[];
  /** Recordings of the people who are held out. */
  readonly test: readonly SensorRecording[];
  /** Recordings of other people, whose labels are not used; by default the labelled people's own other windows. */
  readonly unlabelled?: readonly SensorRecording[];
}

export interface PreparationOptions {
  readonly windows: WindowPlan;
  /** Seed for drawing the label budget and the validation windows. */
  readonly seed: number;
  /** Maximum number of labelled windows of each activity, validation windows included; unlimited by default. */
  readonly windowsPerClass?: number;
}

/** The windows of a pipeline, and what was found out about them. */
export interface PreparedPipeline {
  /** Sorted; in the order of the columns of the labels. */
  readonly activities: readonly string[];
  /** Computed from all samples of the labelled people. */
  readonly normalisation: Normalisation;
  readonly data: PipelineData;
}

/**
 * The windows that the steps of a pipeline learn from, validate on and are tested on.
 *
 * @throws InvalidInput for fewer than two activities, an activity of which the labelled people have no window, people
 *   without a window, and a channel that is constant.
 */
export function preparePipelineData(people: PipelinePeople, options: PreparationOptions): PreparedPipeline {
  const activities = activitiesOf([...people.labelled, ...people.test]);
  const normalisation = normalisationOf(people.labelled);
  const normalised = (recordings: readonly SensorRecording[]): readonly SensorRecording[] =>
    recordings.map((recording) => ({ ...recording, inputs: { normalisation, derived: [] } }));
  const rng = createRng(options.seed).fork('pipeline data');
  const recordings = normalised(people.labelled);
  const known = withinLabelBudget(slideLabelledWindows(recordings, options.windows, activities), {
    perClass: options.windowsPerClass ?? Infinity,
    activities,
    seed: options.seed,
  });
  const { training: labelled, validation } = holdBack(known, 'labelled windows', rng.fork('validation'));
  const unlabelled = people.unlabelled
    ? slideWindows(normalised(people.unlabelled), options.windows)
    : otherWindows(slideWindows(recordings, options.windows), labelled);
  const test = slideLabelledWindows(normalised(people.test), options.windows, activities);
  if (windowCount(test) === 0) {
    const message = `expected labelled recordings of at least one window, found none among ${people.test.length}`;
    throw new InvalidInput('test people', [{ path: '', message }]);
  }
  return { activities, normalisation, data: { labelled, validation, unlabelled, test } };
}

function activitiesOf(recordings: readonly SensorRecording[]): readonly string[] {
  const activities = [...new Set(recordings.flatMap(({ labels }) => usedActivities(labels)))].sort();
  if (activities.length < 2) {
    const message = `expected at least 2 activities among the labels, found ${activities.join() || 'none'}`;
    throw new InvalidInput('labelled people', [{ path: '', message }]);
  }
  return activities;
}

/**
 * The windows of `all` that are not in `some`, which is of the same recordings, so that joining the two has no
 * duplicates.
 */
function otherWindows(all: WindowedDataset, some: WindowedDataset): WindowedDataset {
  const place = ({ recordingOf, startOf }: WindowedDataset, window: number): string =>
    `${recordingOf[window]!} ${startOf[window]!}`;
  const known = new Set(Array.from(some.startOf.keys(), (window) => place(some, window)));
  const others = Uint32Array.from(all.startOf.keys()).filter((window) => !known.has(place(all, window)));
  return selectWindows(all, others);
}

const EACH = 5;

/** The first of the people, sorted as texts, and every fifth after: of MotionSense's 24 people 1, 14, 19, 23 and 6. */
export function everyFifthPerson(people: readonly string[]): readonly string[] {
  return [...people].sort().filter((_, index) => index % EACH === 0);
}
