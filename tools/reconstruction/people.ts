/** Synthetic people of the kit: the clients, and those whom the coordinator knows. */

import {
  createParticipant,
  createRng,
  type Participant,
  type RawRecording,
  type Rng,
  type Study,
  syntheticActivities,
  syntheticPeople,
} from '@gaitway/core';
import { selectWindows, windowCount, type WindowedDataset } from '@gaitway/core/data';
import { prepareClientData, recordingsFor, stagePlans } from '@gaitway/core/study';
import { makeBatch } from '@gaitway/core/train';

/** People who are attacked: one person may move in a way that is easy to match, or hard. */
const CLIENTS = 4;

/** People whom the coordinator knows. */
const KNOWN = 10;

export interface People {
  /** The windows of each client that is attacked. */
  readonly clients: readonly WindowedDataset[];
  /** Windows of people whom the coordinator knows, to prepare an attack on; as many as there are. */
  readonly known: WindowedDataset;
}

/** Clients with this many windows each, which are spread evenly over their recordings. */
export function drawPeople(study: Study, windows: number, rng: Rng): People {
  const { rateHz, window } = study.sensors;
  const secondsPerActivity = Math.ceil(windows / syntheticActivities.length) * (window / rateHz);
  const recordings = syntheticPeople({ people: CLIENTS + KNOWN, secondsPerActivity, rateHz }, rng);
  const names = [...new Set(recordings.map(({ subject }) => subject))];
  const windowsOf = (members: readonly string[]): WindowedDataset =>
    windowsIn(
      study,
      recordings.filter(({ subject }) => members.includes(subject)),
    );
  return {
    clients: names.slice(0, CLIENTS).map((name) => evenly(windowsOf([name]), windows)),
    known: windowsOf(names.slice(CLIENTS)),
  };
}

function windowsIn(study: Study, raw: readonly RawRecording[]): WindowedDataset {
  const { unlabelled } = prepareClientData(
    study,
    raw.flatMap((recording) => recordingsFor(study.sensors, recording)),
  );
  return unlabelled!; // no stage of this study reads a client's labels
}

function evenly(all: WindowedDataset, count: number): WindowedDataset {
  const available = windowCount(all);
  return selectWindows(
    all,
    Uint32Array.from({ length: count }, (_, index) => Math.floor((index * available) / count)),
  );
}

/** An honest participant of the study that holds these windows. */
export function participantWith(study: Study, windows: WindowedDataset): Participant {
  const { seed } = study;
  return createParticipant({ client: 'client', seed, stages: stagePlans(study), data: { unlabelled: windows } });
}

/** What the network is given of each of these windows, shape [time, input]. */
export function inputsOf(windows: WindowedDataset): readonly Float32Array[] {
  const count = windowCount(windows);
  const all = Uint32Array.from({ length: count }, (_, index) => index);
  const { values } = makeBatch({ windows, transformations: [] }, all, createRng(0));
  const size = values.length / count;
  return Array.from(all, (window) => values.subarray(window * size, (window + 1) * size));
}
