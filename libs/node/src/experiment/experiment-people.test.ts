import { createRng, syntheticPeople } from '@gaitway/core';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeCsvFolder } from '../data/write-csv-folder.js';
import { sampleMethod } from '../testing/sample-experiment.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { drawSplits, splitText, withPeopleOf } from './experiment-people.js';
import type { Experiment } from './experiment.js';

const people = ['10', '9', '8', '7', '6', '5', '4', '3', '2', '1'];
const draws = { labelled: 3, test: [['1', '6'], ['2']], count: 5, seed: 4 };

/**
 * The documented formula, implemented independently: a number is drawn for each place from the last down, and the two
 * are swapped.
 */
function labelledOf(draw: number, others: readonly string[]): readonly string[] {
  const rng = createRng(draws.seed).fork('split', draw);
  const order = [...others];
  for (let last = order.length - 1; last > 0; last--) {
    const other = rng.integer(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order.slice(0, draws.labelled);
}

describe('drawn splits', () => {
  const splits = drawSplits(draws, people);

  it('take the groups of test people in turn', () => {
    expect(splits.map(({ name, test }) => [name, test])).toEqual([
      ['draw1', ['1', '6']],
      ['draw2', ['2']],
      ['draw3', ['1', '6']],
      ['draw4', ['2']],
      ['draw5', ['1', '6']],
    ]);
  });

  it('label people whom the draw does not test, by the documented formula', () => {
    const besides = [['2', '3', '4', '5', '7', '8', '9', '10'], ['1', '3', '4', '5', '6', '7', '8', '9', '10']]; // prettier-ignore
    splits.forEach(({ labelled }, index) => {
      const drawn = labelledOf(index + 1, besides[index % 2]!);
      expect(new Set(labelled)).toEqual(new Set(drawn));
      expect(labelled).toEqual(labelled.toSorted((one, other) => Number(one) - Number(other)));
    });
    expect(new Set(splits.map(({ labelled }) => labelled.join())).size).toBeGreaterThan(3);
  });

  it('are the same whatever the order of the people and however many more are drawn', () => {
    expect(drawSplits({ ...draws, count: 2 }, people.toReversed())).toEqual(splits.slice(0, 2));
  });

  it('refuse to label more people than a group leaves', () => {
    expect(() => drawSplits({ ...draws, labelled: 9 }, people)).toThrow(
      'draws.labelled: expected at most 8, as many people as are not in draws.test[0], found 9',
    );
  });
});

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
