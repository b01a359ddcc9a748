/** Synthetic people of the kit: the client, those who stand in for it, and those whom the coordinator knows. */

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

/** People besides the client in each of the other two groups. */
const OTHERS = 10;

export interface People {
  /** The windows of the client that is attacked. */
  readonly client: WindowedDataset;
  /** As many other windows of the same person, from the same recordings, none of which overlaps the client's. */
  readonly samePerson: WindowedDataset;
  /** As many windows of other people. */
  readonly others: WindowedDataset;
  /** Windows of people whom the coordinator knows, to prepare an attack on; as many as there are. */
  readonly known: WindowedDataset;
}

/** A client with this many windows, which are spread evenly over a person's recordings, and the other groups. */
export function drawPeople(study: Study, windows: number, rng: Rng): People {
  const { rateHz, window } = study.sensors;
  const secondsPerActivity = Math.ceil((2 * windows) / syntheticActivities.length) * (window / rateHz);
  const people = 1 + 2 * OTHERS;
  const recordings = syntheticPeople({ people, secondsPerActivity, rateHz }, rng);
  const names = [...new Set(recordings.map(({ subject }) => subject))];
  const windowsOf = (members: readonly string[]): WindowedDataset =>
    windowsIn(
      study,
      recordings.filter(({ subject }) => members.includes(subject)),
    );
  const ofPerson = evenly(windowsOf(names.slice(0, 1)), 2 * windows);
  const everySecond = (first: number): WindowedDataset =>
    selectWindows(
      ofPerson,
      Uint32Array.from({ length: windows }, (_, index) => first + 2 * index),
    );
  return {
    client: everySecond(0),
    samePerson: everySecond(1),
    others: evenly(windowsOf(names.slice(1, 1 + OTHERS)), windows),
    known: windowsOf(names.slice(1 + OTHERS)),
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
