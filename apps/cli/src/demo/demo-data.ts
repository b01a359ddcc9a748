/** Recordings for the demo: synthetic people who are written to folders, or the people of an existing folder. */

import { createRng, InvalidInput, syntheticActivities, syntheticPeople, type RawRecording } from '@gaitway/core';
import { usedActivities } from '@gaitway/core/data';
import { readDataFolder, writeCsvFolder } from '@gaitway/node';
import { join } from 'node:path';
import { divideDemoPeople, type DemoPeople } from './demo-study.js';

export interface DemoData {
  readonly activities: readonly string[];
  readonly people: DemoPeople;
  /** The folder that the coordinator reads. */
  readonly coordinatorFolder: string;
  /**
   * The folder that each client reads; it contains only the client's own people, or the client takes only these from
   * it.
   */
  readonly clientFolders: ReadonlyMap<string, string>;
}

const SYNTHETIC = { people: 30, secondsPerActivity: 30, rateHz: 50 };

/** Generates people and writes those of each client to a separate folder, without labels. */
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
 * The people and activities of a folder, with their roles in the demo.
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
