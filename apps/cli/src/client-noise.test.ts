import { parseStudy, type RoundReport, runStudy, type Study } from '@gaitway/core';
import { plannedReleases, type PrivacyLedger } from '@gaitway/core/engine';
import { changeBy, handMade } from '@gaitway/core/testing/hand-made';
import { minimalStudy, quickStage, tiny } from '@gaitway/core/testing/studies';
import { describe, expect, it } from 'vitest';
import { federate } from './testing/federate.js';

const names = ['ann', 'ben', 'cid', 'dot'];

/** Noise that is small beside the updates: a standard deviation of a hundredth of a clip that clips nothing. */
function studyOf(noise: string, stage: object = {}): Study {
  const people = { test: ['t'], labelled: ['l'], clients: names };
  const privacy = { unit: 'client', epsilon: 1e9, delta: 1e-5, clients: names.length };
  const own = { privacy: { clip: 8, noiseMultiplier: 0.01, sampling: 1, noise }, ...stage };
  return parseStudy({ ...minimalStudy, ...tiny, people, privacy, stages: [{ ...quickStage('student'), ...own }] });
}

/** Runs a study over sockets, with clients whose updates follow from their places. */
async function serve(study: Study): Promise<readonly RoundReport[]> {
  const participants = names.map((name, index) => [name, handMade(changeBy(0.1 * index, 50 + index))] as const);
  await using federation = await federate(study, new Map(participants));
  const { service } = federation;
  const { signal } = new AbortController();
  await service.fleet.waitForClients(names.length, signal);
  const privacy: PrivacyLedger = { open: () => Promise.resolve({ cohort: (bytes) => bytes.fill(0), noise: unused }) };
  const reports: RoundReport[] = [];
  const context = { fleet: service.fleet, secureSum: service.secureSum, clientsAddNoise: true, privacy, signal };
  for await (const report of runStudy(study, { ...context, coordinator: handMade(changeBy(0, 1)) })) {
    reports.push(report);
  }
  return reports;
}

/** The coordinator draws no noise. */
function unused(): never {
  throw new Error('expected noise of clients, found a request for noise of the coordinator');
}

/** By how much each number has changed in a round. */
function changes(before: RoundReport, after: RoundReport): readonly number[] {
  return [...after.parameters].map((value, index) => value - (before.parameters[index] ?? NaN));
}

describe('clients that add noise themselves', () => {
  it.each([
    ['local', {}],
    ['distributed', { secureAggregation: {}, cohort: { minimum: 4, quorum: 4 } }],
  ])(
    'over sockets, come to the mean of their updates and a little noise, and tell nothing else: %s',
    async (noise, stage) => {
      const reports = await serve(studyOf(noise, stage));
      expect(reports.map(({ phase }) => phase)).toEqual(['completed', 'completed', 'completed']);
      reports.forEach(({ clients }) => {
        expect(clients).toEqual(names.map((client) => ({ client, outcome: 'answered' })));
      });
      // (0 + 0.1 + 0.2 + 0.3) / 4, whatever the weights. A mean of noise of 0.08 each has a deviation of 0.04, a share less.
      const moved = [...changes(reports[0]!, reports[1]!), ...changes(reports[1]!, reports[2]!)];
      moved.forEach((change) => {
        expect(Math.abs(change - 0.15)).toBeLessThan(6 * 0.04);
      });
      expect(new Set(moved).size).toBe(moved.length);
    },
  );

  it('are counted without sampling, and with half the noise where each hides behind any other', () => {
    const eventOf = (study: Study): unknown => plannedReleases(study)[0]?.event;
    expect(eventOf(studyOf('local'))).toEqual({ kind: 'sampled-gaussian', rate: 1, noiseMultiplier: 0.005, count: 1 });
    const masked = { secureAggregation: {}, cohort: { minimum: 4, quorum: 4 } };
    expect(eventOf(studyOf('distributed', masked))).toMatchObject({ rate: 1, noiseMultiplier: 0.01 });
  });
});
