/** People of the kit, synthetic or from a folder: the clients, and those whom the coordinator knows. */

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

/** The windows of one person who is attacked. */
export interface AttackedClient {
  /** What the client trains on. */
  readonly windows: WindowedDataset;
  /** Windows of the same recordings, as many, that the client never trains on; no two windows overlap. */
  readonly heldOut: WindowedDataset;
}

export interface People {
  readonly clients: readonly AttackedClient[];
  /** Windows of people whom the coordinator knows, to prepare an attack on; as many as there are. */
  readonly known: WindowedDataset;
}

/** Synthetic recordings of as many people as the kit needs, long enough for `windows` windows and as many held out. */
export function syntheticRecordings(study: Study, windows: number, rng: Rng): readonly RawRecording[] {
  const { rateHz, window } = study.sensors;
  const secondsPerActivity = Math.ceil((2 * windows) / syntheticActivities.length) * (window / rateHz);
  return syntheticPeople({ people: CLIENTS + KNOWN, secondsPerActivity, rateHz }, rng);
}

/**
 * Clients with this many windows each, spread evenly over their recordings; every other one is held out.
 *
 * @throws Error for too few people, or a client with fewer than 2 x `windows` windows
 */
export function peopleOf(study: Study, recordings: readonly RawRecording[], windows: number): People {
  const names = [...new Set(recordings.map(({ subject }) => subject))].slice(0, CLIENTS + KNOWN);
  if (names.length < CLIENTS + KNOWN) {
    throw new Error(`Expected recordings of at least ${CLIENTS + KNOWN} people, found ${names.length}`);
  }
  const windowsOf = (members: readonly string[]): WindowedDataset =>
    windowsIn(
      study,
      recordings.filter(({ subject }) => members.includes(subject)),
    );
  return {
    clients: names.slice(0, CLIENTS).map((name) => {
      const all = windowsOf([name]);
      const available = windowCount(all);
      if (available < 2 * windows) {
        throw new Error(`Expected at least ${2 * windows} windows of ${name}, found ${available}`);
      }
      const every = (first: 0 | 1): WindowedDataset =>
        selectWindows(
          all,
          Uint32Array.from({ length: windows }, (_, index) =>
            Math.floor(((2 * index + first) * available) / (2 * windows)),
          ),
        );
      return { windows: every(0), heldOut: every(1) };
    }),
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
