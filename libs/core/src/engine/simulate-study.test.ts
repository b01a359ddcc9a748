import { beforeAll, describe, expect, it } from 'vitest';
import { syntheticActivities, syntheticPeople } from '../data/synthetic.js';
import { createRng } from '../math/random.js';
import { parseStudy } from '../study/parse-study.js';
import { useBackend } from '../testing/backends.js';
import type { RoundReport } from './round-report.js';
import { simulateStudy, type SimulationOptions } from './simulate-study.js';
import type { StudyResult } from './starting-point.js';

const recordings = syntheticPeople({ people: 5, secondsPerActivity: 8, rateHz: 20 }, createRng(1));
const [tested, labelled, ...others] = [...new Set(recordings.map(({ subject }) => subject))];

const study = parseStudy({
  name: 'simulated',
  activities: syntheticActivities,
  sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 40, step: 40 },
  model: { convolutions: [{ filters: 4, kernel: 5 }], headUnits: { activity: 6 } },
  people: { test: [tested], labelled: [labelled], clients: 'rest' },
  stages: [
    { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 2, batch: 8 },
    {
      name: 'student',
      where: 'clients',
      objective: 'self-training',
      teacher: 'teacher',
      selection: { minimumConfidence: 0 },
      rounds: 2,
      steps: 1,
      batch: 8,
    },
  ],
});

async function simulated(
  options?: SimulationOptions,
): Promise<{ readonly reports: readonly RoundReport[]; readonly result: StudyResult }> {
  const reports: RoundReport[] = [];
  const running = simulateStudy(study, recordings, options);
  for (;;) {
    const next = await running.next();
    if (next.done === true) {
      return { reports, result: next.value };
    }
    reports.push(next.value);
  }
}

beforeAll(() => useBackend('wasm'));

describe('simulateStudy', () => {
  it('runs the stages with the people in their roles, and gives the same bits again', async () => {
    const { reports, result } = await simulated();
    expect(reports.map(({ stage, round, clients }) => [stage, round, ...clients.map(({ client }) => client)])).toEqual([
      ['teacher', 1, 'coordinator'],
      ['student', 1, ...others],
      ['student', 2, ...others],
    ]);
    expect(reports[0]!.evaluation?.people?.map(({ name }) => name)).toEqual([tested]);
    expect(result).toEqual({ teacher: reports[0]!.parameters, student: reports[2]!.parameters });
    expect((await simulated()).reports).toEqual(reports);
  });

  it('measures the labels that the teacher gave by the activities that only a simulation knows', async () => {
    const { reports } = await simulated();
    const summaries = reports[1]!.clients.map((entry) => (entry.outcome === 'answered' ? entry.summary! : undefined));
    for (const { accepted, labels } of summaries.map((summary) => summary!)) {
      expect(labels!.known).toBe(accepted!.reduce<number>((sum, count) => sum + count!, 0));
      expect(labels!.right).toBeLessThanOrEqual(labels!.known);
      expect(labels!.confidence).toBeGreaterThanOrEqual(1 / syntheticActivities.length);
      expect(labels!.confidence).toBeLessThanOrEqual(1);
    }
    const [coordinator] = reports[0]!.clients;
    expect(coordinator).not.toHaveProperty('summary.labels');
  });

  it('lets a client be replaced', async () => {
    const failing = others[1]!;
    const { reports } = await simulated({
      wrapClient: (participant, client) =>
        client === failing ? () => Promise.reject(new Error('its battery is empty')) : participant,
    });
    const outcomes = reports[1]!.clients.map(({ client, outcome }) => [client, outcome]);
    expect(outcomes).toEqual(others.map((client) => [client, client === failing ? 'failed' : 'answered']));
  });

  it('rejects with the reason of the abort', async () => {
    await expect(simulated({ signal: AbortSignal.abort(new Error('interrupted')) })).rejects.toThrow('interrupted');
  });
});
