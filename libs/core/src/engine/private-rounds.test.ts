import { describe, expect, it } from 'vitest';
import { parseStudy } from '../study/parse-study.js';
import type { Study } from '../study/study.js';
import { changeBy, fail, handMade } from '../testing/hand-made.js';
import { seededBytes } from '../testing/random-bytes.js';
import { minimalStudy, tiny } from '../testing/studies.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import { type PlannedRelease, type PrivacyLedger, sessionLedger } from './privacy-ledger.js';
import { poissonCohort } from './private-rounds.js';
import type { RoundReport } from './round-report.js';
import { runStudy } from './run-study.js';

/** Almost no noise: a standard deviation of one thousandth. */
const plan = { clip: 64, noiseMultiplier: 0.001 / 64, sampling: 1 };

function studyOf(privacy: object = {}, budget: object = {}): Study {
  return parseStudy({
    ...minimalStudy,
    ...tiny,
    people: { test: ['t'], labelled: ['l'] },
    privacy: { unit: 'client', epsilon: 1e12, delta: 1e-5, clients: 3, ...budget },
    stages: [{ name: 'student', where: 'clients', objective: 'supervised', rounds: 2, epochs: 1, privacy: { ...plan, ...privacy } }], // prettier-ignore
  });
}

/** What was asked of the ledger, and who was asked afterwards, in order. */
interface Told {
  readonly events: string[];
  readonly ledger: PrivacyLedger;
}

function told(seed: number): Told {
  const events: string[] = [];
  const open = ({ stage, round, event }: PlannedRelease): ReturnType<PrivacyLedger['open']> => {
    events.push(`${stage} ${round}: ${event.rate}, ${event.noiseMultiplier}`);
    return Promise.resolve({ cohort: seededBytes(seed + round), noise: seededBytes(seed + round + 100) });
  };
  return { events, ledger: { open } };
}

async function reportsOf(
  study: Study,
  privacy: PrivacyLedger | undefined,
  change = changeBy(3, 1_000),
): Promise<readonly RoundReport[]> {
  const clients = ['ann', 'ben', 'cid'].map((name) => [name, handMade(change)] as const);
  const context = { fleet: inMemoryFleet(new Map(clients)), coordinator: handMade(fail), privacy };
  const reports: RoundReport[] = [];
  for await (const report of runStudy(study, { ...context, signal: new AbortController().signal })) {
    reports.push(report);
  }
  return reports;
}

describe('private rounds', () => {
  it('are told to the ledger before anybody is asked, and average by a fixed number', async () => {
    const { events, ledger } = told(1);
    const ask = (task: Parameters<ReturnType<typeof changeBy>>[0]): ReturnType<ReturnType<typeof changeBy>> => {
      events.push(`asked in ${task.round}`);
      return changeBy(3, 1_000)(task);
    };
    const study = studyOf({}, { clients: 6 });
    const [first, second] = (await reportsOf(study, ledger, ask)) as [RoundReport, RoundReport];
    const opened = (round: number): string => `student ${round}: 1, ${plan.noiseMultiplier}`;
    const asked = (round: number): readonly string[] => Array.from({ length: 3 }, () => `asked in ${round}`);
    expect(events).toEqual([opened(1), ...asked(1), opened(2), ...asked(2)]);
    // Three clients of six that are expected: 3 x 3 / 6, give or take the noise.
    const moved = second.parameters.map((value, index) => value - first.parameters[index]!);
    moved.forEach((value) => {
      expect(value).toBeCloseTo(1.5, 2);
    });
    expect(new Set(moved).size).toBeGreaterThan(1);
  });

  it('count even if nobody was drawn: noise alone is released', async () => {
    const { ledger } = told(1);
    const study = studyOf({ sampling: 1e-9, clip: 1, noiseMultiplier: 1e-8 });
    const [first, second] = (await reportsOf(study, ledger)) as [RoundReport, RoundReport];
    expect(first).toMatchObject({ phase: 'completed', clients: [] });
    expect(second.parameters).not.toEqual(first.parameters);
  });

  it('have the same bits for the same secret', async () => {
    const study = studyOf({ sampling: 0.5 });
    const runs = await Promise.all([reportsOf(study, told(5).ledger), reportsOf(study, told(5).ledger)]);
    expect(runs[0].at(-1)!.parameters).toEqual(runs[1].at(-1)!.parameters);
    const other = await reportsOf(study, told(6).ledger);
    expect(other.at(-1)!.parameters).not.toEqual(runs[0].at(-1)!.parameters);
  });

  it('do not begin without a ledger, and cannot be replayed', async () => {
    await expect(reportsOf(studyOf(), undefined)).rejects.toThrow(
      'Stage "student" is private: expected a privacy ledger',
    );
    const context = { fleet: inMemoryFleet(new Map()), coordinator: handMade(fail), privacy: told(1).ledger };
    const replayed = runStudy(studyOf(), { ...context, cohorts: new Map(), signal: new AbortController().signal });
    await expect(replayed.next()).rejects.toThrow('its rounds cannot be replayed');
  });
});

describe('Poisson sampling', () => {
  it('draws each client by itself, so that cohorts differ in size', () => {
    const names = Array.from({ length: 10 }, (_, index) => `client-${index}`);
    const fill = seededBytes(3);
    const cohorts = Array.from({ length: 2000 }, () => poissonCohort(names.toReversed(), 0.3, fill));
    const sizes = cohorts.map(({ length }) => length);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length;
    // Binomial: a mean of 3 with a standard error of 0.032, a variance of 2.1 with one of 0.065.
    expect(Math.abs(mean - 3)).toBeLessThan(0.13);
    expect(Math.abs(variance - 2.1)).toBeLessThan(0.27);
    expect(cohorts.every((cohort) => cohort.join() === cohort.toSorted().join())).toBe(true);
    expect(poissonCohort(names, 1, fill)).toEqual(names);
  });
});

describe('a ledger in memory', () => {
  it('refuses a study whose rounds exceed its budget, with the figures', () => {
    const privacy = { clip: 1, noiseMultiplier: 1 };
    // Two Gaussian mechanisms with sigma 1 at delta 1e-5: epsilon 6.573 (Balle and Wang 2018, exact).
    expect(() => sessionLedger(studyOf(privacy, { epsilon: 6.5 }))).toThrow(
      /budget is epsilon 6\.5 at delta 0\.00001: .* found 2 with which it would be 6\.58/,
    );
    expect(sessionLedger(studyOf(privacy, { epsilon: 6.7 }))).toBeDefined();
  });
});
