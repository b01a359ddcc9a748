import { describe, expect, it } from 'vitest';
import { parseStudy } from '../study/parse-study.js';
import { changeBy, handMade } from '../testing/hand-made.js';
import { minimalStudy, student, teacher } from '../testing/studies.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import { planRound } from './run-round.js';
import type { RoundPlan } from './round.js';

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
