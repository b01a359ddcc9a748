/** Turns recordings as they were read into the windows that a participant of a study holds. */

import { checkActivities, pickChannels } from '../../data/requirements.js';
import { windowRecordings, withinLabelBudget } from '../../data/label-budget.js';
import { normalisationOf } from '../../data/normalise.js';
import type { RawRecording, SensorRecording } from '../../data/recording.js';
import { resample } from '../../data/resample.js';
import { slideLabelledWindows, slideWindows, windowCount, type WindowedDataset } from '../../data/windows.js';
import { InvalidInput } from '../../errors.js';
import { derivedChannel } from '../../inputs/derived-channels.js';
import { axesNormalisation, type Normalisation } from '../../inputs/window-inputs.js';
import { mostProbable } from '../../metrics/probabilities.js';
import type { LocalData } from '../../train/local-data.js';
import type { SensorPlan, Study } from '../study.js';

/** The coordinator's windows, and the normalisation that was computed from its recordings. */
export interface CoordinatorData {
  /** The normalisation that all participants use; absent where each site normalises by its own recordings. */
  readonly normalisation?: Normalisation;
  readonly data: LocalData;
}

/**
 * A recording at the study's channels and rate; several recordings where a gap splits it.
 *
 * @throws InvalidInput when a channel is missing, and for windows that were cut otherwise than the study's.
 */
export function recordingsFor(sensors: SensorPlan, raw: RawRecording): readonly SensorRecording[] {
  refuseOtherWindows(sensors, raw);
  return resample(pickChannels(raw, sensors.channels), sensors.rateHz);
}

/** Windows that are cut cannot be made longer, and shorter ones would overlap where those that were cut do. */
function refuseOtherWindows({ window, rateHz }: SensorPlan, { source, cut }: RawRecording): void {
  if (cut && (cut.length !== window || cut.rateHz !== rateHz)) {
    const own = `window: ${cut.length} and rateHz: ${cut.rateHz}`;
    const message = `expected a study with ${own}, as these windows were cut; found window: ${window} and rateHz: ${rateHz}`;
    throw new InvalidInput(source, [{ path: 'sensors', message }]);
  }
}

/**
 * The data of the coordinator: labelled windows to train and to test on, where the study names people for them, and the
 * normalisation.
 *
 * @throws InvalidInput for activities that the study does not know, a constant channel, and people for training or
 *   testing without a single labelled window, or, with a label budget, without one of each activity.
 */
export function prepareCoordinatorData(
  study: Study,
  people: { readonly labelled: readonly SensorRecording[]; readonly test: readonly SensorRecording[] },
): CoordinatorData {
  const held = { test: people.test, labelled: knownRecordings(study, people.labelled) };
  const shared = sharedNormalisation(study, held.labelled);
  const windowsOf = (role: 'labelled' | 'test'): LocalData =>
    study.people[role].length > 0
      ? { [role]: labelledWindows(study, withInputsByPerson(study.sensors, held[role], shared), role) }
      : {};
  return { ...(shared && { normalisation: shared }), data: { ...windowsOf('labelled'), ...windowsOf('test') } };
}

/**
 * The data of a client. Its labels are read only when the study has a stage in which clients train on their own labels.
 *
 * @param normalisation - From the coordinator; required where the study normalises by the labelled people's recordings.
 * @throws Error when it is required and was not given.
 */
export function prepareClientData(
  study: Study,
  recordings: readonly SensorRecording[],
  normalisation?: Normalisation,
): LocalData {
  const { window, step } = study.sensors;
  const own = withInputs(study.sensors, recordings, clientNormalisation(study, recordings, normalisation));
  return usesClientLabels(study)
    ? { labelled: labelledWindows(study, own, 'client') }
    : { unlabelled: slideWindows(own, { length: window, step }) };
}

/**
 * The labelled windows of people who are clients, for evaluation: only a simulation knows their labels, which no model
 * was trained on. People of whom the coordinator has labels are left out, and so are samples of activities that the
 * study does not list. Undefined where nothing is left, and where the study has a stage in which clients train on their
 * own labels.
 *
 * @param clients - The recordings of each client.
 * @param normalisation - The study's; absent where each site normalises by itself.
 */
export function prepareClientTest(
  study: Study,
  clients: readonly (readonly SensorRecording[])[],
  normalisation?: Normalisation,
): WindowedDataset | undefined {
  if (usesClientLabels(study)) {
    return undefined;
  }
  const { activities, sensors, people } = study;
  const own = clients
    .flatMap((recordings) => withInputs(sensors, recordings, clientNormalisation(study, recordings, normalisation)))
    .filter(({ subject }) => !people.labelled.includes(subject));
  const windows = slideLabelledWindows(own, { length: sensors.window, step: sensors.step }, activities);
  return windowCount(windows) > 0 ? windows : undefined;
}

/**
 * A client's data with the true activity of each unlabelled window, for figures of pseudo-labels. Of people of whom the
 * coordinator has labels it is left out, and so is any activity that the study does not list.
 */
export function withTruth({ activities, sensors, people }: Study, data: LocalData): LocalData {
  const { unlabelled } = data;
  if (!unlabelled) {
    return data;
  }
  const plan = { length: sensors.window, step: sensors.step };
  const known = slideLabelledWindows(unlabelled.recordings, plan, activities);
  const truth = new Int16Array(windowCount(unlabelled)).fill(-1);
  let window = 0; // the known windows are among all, in the same order
  known.startOf.forEach((start, row) => {
    while (unlabelled.startOf[window] !== start || unlabelled.recordingOf[window] !== known.recordingOf[row]) {
      window++;
    }
    const subject = unlabelled.recordings[known.recordingOf[row] ?? 0]?.subject ?? '';
    truth[window] = people.labelled.includes(subject) ? -1 : mostProbable(known.labels ?? [], row, activities.length);
  });
  return { ...data, truth };
}

/**
 * The labelled people's recordings that the coordinator has: all, or as many windows as the study's label budget
 * allows.
 */
export function knownRecordings(study: Study, recordings: readonly SensorRecording[]): readonly SensorRecording[] {
  const budget = study.people.labelledWindows;
  if (!budget) {
    return recordings;
  }
  const windows = labelledWindows(study, recordings, 'labelled');
  const { activities, seed } = study;
  return windowRecordings(withinLabelBudget(windows, { ...budget, activities, seed }));
}

function usesClientLabels({ stages }: Study): boolean {
  return stages.some(({ where, objective }) => where === 'clients' && objective === 'supervised');
}

/** From the labelled people's recordings that the coordinator has, or a constant. */
function sharedNormalisation({ sensors }: Study, labelled: readonly SensorRecording[]): Normalisation | undefined {
  switch (sensors.normalisation) {
    case 'axes':
      return axesNormalisation;
    case 'z':
      return normalisationOf(labelled);
    case 'site':
      return undefined;
  }
}

function clientNormalisation(
  { sensors }: Study,
  own: readonly SensorRecording[],
  given: Normalisation | undefined,
): Normalisation {
  switch (sensors.normalisation) {
    case 'axes':
      return axesNormalisation;
    case 'z':
      if (!given) {
        throw new Error("The study normalises by the labelled people's mean and deviation, and they were not given");
      }
      return given;
    case 'site':
      return normalisationOf(own);
  }
}

/**
 * The same as `withInputs`; where each site has its own normalisation, each of these people has one too.
 *
 * @param shared - Absent where each site has its own
 * @throws InvalidInput when a channel of a person is constant, where each has a normalisation of its own
 */
export function withInputsByPerson(
  sensors: SensorPlan,
  recordings: readonly SensorRecording[],
  shared: Normalisation | undefined,
): readonly SensorRecording[] {
  if (shared) {
    return withInputs(sensors, recordings, shared);
  }
  const people = [...new Set(recordings.map(({ subject }) => subject))];
  return people.flatMap((person) => {
    const own = recordings.filter(({ subject }) => subject === person);
    return withInputs(sensors, own, normalisationOf(own));
  });
}

/** Adds to the recordings, which stay in g, how their samples become the inputs of a network. */
export function withInputs(
  sensors: SensorPlan,
  recordings: readonly SensorRecording[],
  normalisation: Normalisation,
): readonly SensorRecording[] {
  const inputs = { normalisation, derived: (sensors.derived ?? []).map(derivedChannel) };
  return recordings.map((recording) => ({ ...recording, inputs }));
}

/**
 * Windows with the study's activities as labels.
 *
 * @param role - Whose windows they are, for messages
 * @throws InvalidInput for activities that the study does not know, and when there is no window
 */
export function labelledWindows(
  { activities, sensors }: Pick<Study, 'activities' | 'sensors'>,
  recordings: readonly SensorRecording[],
  role: string,
): WindowedDataset {
  checkActivities(recordings, activities, sensors.otherActivities);
  const windows = slideLabelledWindows(recordings, { length: sensors.window, step: sensors.step }, activities);
  if (windowCount(windows) === 0) {
    const seconds = sensors.window / sensors.rateHz;
    const message = `expected labelled recordings of at least ${seconds} s (one window), found none among ${recordings.length}`;
    throw new InvalidInput(`${role} people`, [{ path: '', message }]);
  }
  return windows;
}
