import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { sampleCohort } from './cohort.js';

const clients = ['ann', 'ben', 'cid', 'dot', 'eve'];

describe('sampleCohort', () => {
  it('takes all, or as many as there are, sorted by name', () => {
    expect(sampleCohort(['cid', 'ann', 'ben'], 3, createRng(1))).toEqual(['ann', 'ben', 'cid']);
    expect(sampleCohort(['cid', 'ann', 'ben'], 4, createRng(1))).toEqual(['ann', 'ben', 'cid']);
    expect(sampleCohort([], 4, createRng(1))).toEqual([]);
  });

  it('draws as many different clients as it should, sorted by name', () => {
    for (let seed = 0; seed < 50; seed++) {
      const cohort = sampleCohort(clients, 3, createRng(seed));
      expect(new Set(cohort).size).toBe(3);
      expect(cohort).toEqual(cohort.toSorted());
    }
  });

  it('draws the same whatever the order in which they joined', () => {
    const joined = ['eve', 'ben', 'dot', 'ann', 'cid'];
    expect(sampleCohort(joined, 2, createRng(7))).toEqual(sampleCohort(clients, 2, createRng(7)));
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
    const counts = new Map(clients.map((client) => [client, 0]));
    for (let seed = 0; seed < draws; seed++) {
      for (const client of sampleCohort(clients, 2, createRng(seed))) {
        counts.set(client, counts.get(client)! + 1);
      }
    }
    // 2 of 5: 2000 expected, with a standard deviation of 35.
    counts.forEach((count) => {
      expect(Math.abs(count - 2000)).toBeLessThan(140);
    });
  });
});
