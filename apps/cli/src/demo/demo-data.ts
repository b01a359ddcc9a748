/** Recordings for the demo: synthetic people written to folders of their own, or those of a folder that is there. */

import {
  createRng,
  InvalidInput,
  syntheticActivities,
  syntheticPeople,
  usedActivities,
  type RawRecording,
} from '@gaitway/core';
import { readDataFolder, writeCsvFolder } from '@gaitway/node';
import { join } from 'node:path';
import { divideDemoPeople, type DemoPeople } from './demo-study.js';

export interface DemoData {
  readonly activities: readonly string[];
  readonly people: DemoPeople;
  /** What the coordinator reads. */
  readonly coordinatorFolder: string;
  /** What each client reads; only its own people are in it, or only they are taken from it. */
  readonly clientFolders: ReadonlyMap<string, string>;
}

const SYNTHETIC = { people: 30, secondsPerActivity: 30, rateHz: 50 };

/** Draws people and writes each client's to a folder of its own, without labels. */
export async function writeSyntheticData(folder: string, seed: number): Promise<DemoData> {
  const recordings = syntheticPeople(SYNTHETIC, createRng(seed).fork('demo people'));
  const people = divideDemoPeople([...new Set(recordings.map(({ subject }) => subject))]);
  const of = (names: readonly string[]): readonly RawRecording[] =>
    recordings.filter(({ subject }) => names.includes(subject));
  const coordinatorFolder = join(folder, 'coordinator');
  await writeCsvFolder(coordinatorFolder, of([...people.test, ...people.labelled]));
  const clientFolders = new Map<string, string>();
  for (const [client, members] of people.clients) {
    clientFolders.set(client, join(folder, client));
    await writeCsvFolder(join(folder, client), of(members).map(withoutLabels));
  }
  return { activities: syntheticActivities, people, coordinatorFolder, clientFolders };
}

function withoutLabels({ subject, source, channels, samples, timing }: RawRecording): RawRecording {
  return { subject, source, channels, samples, timing };
}

/**
 * The people and activities of a folder, divided for the demo.
 *
 * @throws InvalidInput when it holds too few people or activities.
 */
export async function findRealData(folder: string, layout: string | undefined): Promise<DemoData> {
  const subjects = new Set<string>();
  const activities = new Set<string>();
  for await (const { subject, labels } of readDataFolder(folder, layout === undefined ? {} : { layout })) {
    subjects.add(subject);
    usedActivities(labels).forEach((activity) => activities.add(activity));
  }
  if (subjects.size < 4 || activities.size < 2) {
    const message = `expected at least 4 people and 2 labelled activities, found ${subjects.size} and ${activities.size}`;
    throw new InvalidInput(folder, [{ path: '', message }]);
  }
  const people = divideDemoPeople([...subjects].sort());
  const clientFolders = new Map([...people.clients.keys()].map((client) => [client, folder]));
  return { activities: [...activities].sort(), people, coordinatorFolder: folder, clientFolders };
}
