import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { sampleCohort } from './cohort.js';

const clients = ['ann', 'ben', 'cid', 'dot', 'eve'];

describe('sampleCohort', () => {
  it('takes all, or as many as there are, sorted by name', () => {
    expect(sampleCohort(['cid', 'ann', 'ben'], 'all', createRng(1))).toEqual(['ann', 'ben', 'cid']);
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
