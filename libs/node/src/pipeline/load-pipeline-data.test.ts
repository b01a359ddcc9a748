import { createRng, syntheticPeople } from '@gaitway/core';
import { expect, it } from 'vitest';
import { writeCsvFolder } from '../data/write-csv-folder.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { loadPipelineData } from './load-pipeline-data.js';

it('people are listed by number, in whatever order they were named or read', async () => {
  const names = ['1', '2', '6', '14'];
  const people = syntheticPeople({ people: 4, secondsPerActivity: 8, rateHz: 20 }, createRng(1));
  const subjects = [...new Set(people.map(({ subject }) => subject))];
  const folder = await temporaryFolder();
  await writeCsvFolder(
    folder,
    people.map((recording) => ({ ...recording, subject: names[subjects.indexOf(recording.subject)]! })),
  );
  const load = (test: readonly string[]): ReturnType<typeof loadPipelineData> =>
    loadPipelineData({
      labelled: { folder },
      test,
      sensors: {
        channels: ['x', 'y', 'z'],
        rateHz: 20,
        window: 64,
        step: 64,
        normalisation: 'z',
        otherActivities: 'refuse',
      },
      seed: 1,
    });
  expect((await load(['14', '6', '1'])).testPeople).toEqual(['1', '6', '14']);
  await expect(load(['7'])).rejects.toThrow('expected people of the data folder (1, 2, 6, 14), found "7"');
});
