import { createRng, syntheticPeople } from '@gaitway/core';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeCsvFolder } from '../data/write-csv-folder.js';
import { sampleMethod } from '../testing/sample-experiment.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { splitText, withPeopleOf } from './experiment-people.js';
import type { Experiment } from './experiment.js';

const experiment: Experiment = { name: 'sample', seeds: [1], methods: [sampleMethod], reference: [] };

/** An experiment on four people. */
async function onFourPeople(changes: Partial<Experiment>): Promise<Experiment> {
  const folder = join(await temporaryFolder(), 'data');
  await writeCsvFolder(folder, syntheticPeople({ people: 4, secondsPerActivity: 2, rateHz: 20 }, createRng(1)));
  return withPeopleOf({ folder }, { ...experiment, ...changes });
}

describe('the people of an experiment', () => {
  it('are drawn from those of the data', async () => {
    const { splits } = await onFourPeople({
      draws: { labelled: 1, test: [['person-01'], ['person-02', 'person-03']], count: 2, seed: 1 },
    });
    expect(splits!.map(({ name, test }) => [name, test])).toEqual([
      ['draw1', ['person-01']],
      ['draw2', ['person-02', 'person-03']],
    ]);
    expect(['person-01', 'person-04']).toEqual(expect.arrayContaining([...splits![1]!.labelled]));
    expect(splitText(splits![1]!)).toMatch(/^draw2: labelled person-0[14]; test person-02, person-03$/);
  });

  it('are all in the data, those of splits too', async () => {
    const there = { name: 'a', labelled: ['person-02'], test: ['person-01'] };
    expect((await onFourPeople({ splits: [there] })).splits).toEqual([there]);
    await expect(onFourPeople({ splits: [there, { ...there, name: 'b', test: ['person-09'] }] })).rejects.toThrow(
      /methods\.selfhar with b: people\.test\[0\]: expected a person of the data folder \(person-01.*found "person-09"/,
    );
    await expect(onFourPeople({})).rejects.toThrow(/methods\.selfhar: people\.test\[0\]: .* found "1"/);
  });

  it('are refused where somebody is labelled and tested in one split', async () => {
    const both = { name: 'a', labelled: ['person-01', 'person-02'], test: ['person-01'] };
    await expect(onFourPeople({ splits: [both] })).rejects.toThrow(/methods\.selfhar with a: people\.labelled\[0\]/);
  });
});
