import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { parseStudy } from '../study/parse-study.js';
import { changeBy, handMade } from '../testing/hand-made.js';
import { minimalStudy, student, teacher } from '../testing/studies.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import type { RoundPlan } from './round.js';
import { planRound, sampleCohort } from './run-round.js';

const clients = Array.from({ length: 10 }, (_, index) => `client-${index}`);
const fleet = inMemoryFleet(new Map(clients.map((client) => [client, handMade(changeBy(1, 1))])));

function plan(cohort: object, round = 1): Promise<RoundPlan> {
  const people = { test: ['t'], labelled: ['l'] };
  const study = parseStudy({ ...minimalStudy, people, stages: [teacher, { ...student, cohort }] });
  return planRound({ study, stage: study.stages[1]!, fleet, signal: new AbortController().signal }, round);
}

describe('planRound', () => {
  it('asks all and waits for all by default', async () => {
    expect(await plan({})).toEqual({ cohort: clients, uncounted: [], quorum: 1 });
  });

  it('asks a share of those who are there, others in other rounds', async () => {
    const cohorts = await Promise.all(
      [1, 2, 3, 4].map(async (round) => (await plan({ target: { share: 0.3 } }, round)).cohort),
    );
    expect(cohorts.map((cohort) => cohort.length)).toEqual([3, 3, 3, 3]);
    expect(new Set(cohorts.map((cohort) => cohort.join())).size).toBeGreaterThan(1);
  });

  it('asks more than it waits for, where the study says so', async () => {
    const { cohort, ...others } = await plan({ target: 4, overSelect: 2, quorum: 1, deadline: 60 });
    expect(cohort).toHaveLength(6);
    expect(others).toEqual({ uncounted: [], quorum: 1, enough: 4, deadline: 60 });
  });

  it('waits for no more than there are to be asked', async () => {
    expect(await plan({ target: 9, overSelect: 9 })).toMatchObject({ cohort: clients, enough: 9 });
    expect(await plan({ target: 12, overSelect: 9 })).toMatchObject({ cohort: clients, enough: 10 });
  });
});

const five = ['ann', 'ben', 'cid', 'dot', 'eve'];

describe('sampleCohort', () => {
  it('takes all, or as many as there are, sorted by name', () => {
    expect(sampleCohort(['cid', 'ann', 'ben'], 3, createRng(1))).toEqual(['ann', 'ben', 'cid']);
    expect(sampleCohort(['cid', 'ann', 'ben'], 4, createRng(1))).toEqual(['ann', 'ben', 'cid']);
    expect(sampleCohort([], 4, createRng(1))).toEqual([]);
  });

  it('draws as many different five as it should, sorted by name', () => {
    for (let seed = 0; seed < 50; seed++) {
      const cohort = sampleCohort(five, 3, createRng(seed));
      expect(new Set(cohort).size).toBe(3);
      expect(cohort).toEqual(cohort.toSorted());
    }
  });

  it('draws the same whatever the order in which they joined', () => {
    const joined = ['eve', 'ben', 'dot', 'ann', 'cid'];
    expect(sampleCohort(joined, 2, createRng(7))).toEqual(sampleCohort(five, 2, createRng(7)));
  });

  it('draws everybody about equally often over the rounds of a study, whatever the order in which they joined', () => {
    const names = Array.from({ length: 20 }, (_, index) => `client-${index}`);
    const counts = new Map(names.map((name) => [name, 0]));
    const [rounds, size] = [2000, 5];
    for (let round = 1; round <= rounds; round++) {
      const joined = names.map((_, index) => names[(7 * index + round) % names.length]!);
      for (const client of sampleCohort(joined, size, createRng(42).fork('cohort', 'student', round))) {
        counts.set(client, counts.get(client)! + 1);
      }
    }
    // Pearson's statistic of draws without replacement, with n - 1 = 19 degrees of freedom: above 43.8 once in 1000 seeds.
    const expected = (rounds * size) / names.length;
    const variance = expected * (1 - size / names.length);
    const squares = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2, 0);
    expect((squares / variance) * ((names.length - 1) / names.length)).toBeLessThan(43.8);
    expect(Math.min(...counts.values())).toBeGreaterThan(0.85 * expected);
    expect(Math.max(...counts.values())).toBeLessThan(1.15 * expected);
  });

  it('draws everybody equally often', () => {
    const draws = 5000;
    const counts = new Map(five.map((client) => [client, 0]));
    for (let seed = 0; seed < draws; seed++) {
      for (const client of sampleCohort(five, 2, createRng(seed))) {
        counts.set(client, counts.get(client)! + 1);
      }
    }
    // 2 of 5: 2000 expected, with a standard deviation of 35.
    counts.forEach((count) => {
      expect(Math.abs(count - 2000)).toBeLessThan(140);
    });
  });
});
