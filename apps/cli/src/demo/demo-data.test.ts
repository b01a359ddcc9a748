import { createRng, syntheticActivities, syntheticPeople, type RawRecording } from '@gaitway/core';
import { usedActivities } from '@gaitway/core/data';
import { readDataFolder, writeCsvFolder } from '@gaitway/node';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { findRealData, writeSyntheticData } from './demo-data.js';

interface Contents {
  readonly people: readonly string[];
  readonly activities: readonly string[];
}

/** The people and the labelled activities in a folder. */
async function contentsOf(folder: string): Promise<Contents> {
  const recordings: RawRecording[] = [];
  for await (const recording of readDataFolder(folder)) {
    recordings.push(recording);
  }
  const sorted = (all: readonly string[]): readonly string[] => [...new Set(all)].sort();
  return {
    people: sorted(recordings.map(({ subject }) => subject)),
    activities: sorted(recordings.flatMap(({ labels }) => usedActivities(labels))),
  };
}

describe('synthetic data of a demo', () => {
  it('gives each client a folder with its own people and no labels', async () => {
    const { people, coordinatorFolder, clientFolders } = await writeSyntheticData(await temporaryFolder(), 1);
    expect(await contentsOf(coordinatorFolder)).toEqual({
      people: [...people.test, ...people.labelled],
      activities: [...syntheticActivities].sort(),
    });
    expect([...clientFolders.keys()]).toEqual([...people.clients.keys()]);
    for (const [client, folder] of clientFolders) {
      expect(await contentsOf(folder)).toEqual({ people: people.clients.get(client), activities: [] });
    }
    const everybody = [...people.test, ...people.labelled, ...[...people.clients.values()].flat()];
    expect(new Set(everybody).size).toBe(everybody.length);
  });
});

describe('real data of a demo', () => {
  async function written(people: number): Promise<string> {
    const folder = join(await temporaryFolder(), 'data');
    await writeCsvFolder(folder, syntheticPeople({ people, secondsPerActivity: 1, rateHz: 20 }, createRng(1)));
    return folder;
  }

  it('is divided by person; all read the one folder', async () => {
    const folder = await written(4);
    expect(await findRealData(folder, undefined)).toEqual({
      activities: [...syntheticActivities].sort(),
      people: {
        test: ['person-01'],
        labelled: ['person-02', 'person-03'],
        clients: new Map([['site-1', ['person-04']]]),
      },
      coordinatorFolder: folder,
      clientFolders: new Map([['site-1', folder]]),
    });
  });

  it('is refused with too few people', async () => {
    const folder = await written(3);
    await expect(findRealData(folder, undefined)).rejects.toThrow(
      `${folder}: expected at least 4 people and 2 labelled activities, found 3 and 6`,
    );
  });
});
