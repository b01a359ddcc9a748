import { describe, expect, it } from 'vitest';
import type { StrategyPlan } from '../federated/strategies/strategy-plan.js';
import { createRng, type Rng } from '../math/random.js';
import { parseStudy } from '../study/parse-study.js';
import { changeBy, fail, handMade } from '../testing/hand-made.js';
import { minimalStudy, tiny } from '../testing/studies.js';
import type { Participant } from '../train/task.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import type { RoundReport } from './round-report.js';
import { runStudy } from './run-study.js';

async function run(
  strategy: StrategyPlan,
  rounds: number,
  clients: readonly Participant[],
): Promise<readonly RoundReport[]> {
  const quorum = clients.length;
  const stage = { name: 'student', where: 'clients', objective: 'supervised', epochs: 1, rounds, strategy };
  const study = parseStudy({
    ...minimalStudy,
    ...tiny,
    people: { test: ['t'], labelled: ['l'] },
    stages: [{ ...stage, cohort: { minimum: quorum, quorum } }],
  });
  const running = runStudy(study, {
    fleet: inMemoryFleet(new Map(clients.map((client, index) => [`client ${index}`, client]))),
    coordinator: handMade(changeBy(0, 1)),
    signal: new AbortController().signal,
  });
  const reports: RoundReport[] = [];
  for await (const report of running) {
    reports.push(report);
  }
  return reports;
}

/** Where training goes in these tests: every parameter is 5 there. */
const GOAL = 5;

function distanceToGoal(parameters: Float32Array): number {
  return Math.hypot(...parameters.map((value) => value - GOAL));
}

/** Goes half the way to the goal in each round, with noise, times a factor. */
function towardsTheGoal(factor: number, rng: Rng): Participant {
  return handMade((task) => {
    const delta = task.parameters.map((value) => factor * ((GOAL - value) / 2 + 0.1 * rng.normal()));
    return { ...changeBy(0, 1)(task), delta };
  });
}

/** Fifteen clients, of whom three send the opposite of what they learned, eight times as large. */
function clientsWithFlippers(): readonly Participant[] {
  return Array.from({ length: 15 }, (_, client) => towardsTheGoal(client % 5 === 2 ? -8 : 1, createRng(client)));
}

async function distances(strategy: StrategyPlan): Promise<{ first: number; last: number }> {
  const reports = await run(strategy, 8, clientsWithFlippers());
  return { first: distanceToGoal(reports[0]!.parameters), last: distanceToGoal(reports.at(-1)!.parameters) };
}

describe('20 % of clients that flip the sign of their updates', () => {
  it('drive the mean away from the goal', async () => {
    const { first, last } = await distances('fed-avg');
    expect(last).toBeGreaterThan(5 * first);
  });

  it.each<StrategyPlan>([
    'median',
    { kind: 'trimmed-mean', share: 0.2 },
    { kind: 'krum', byzantine: 3 },
    { kind: 'multi-krum', byzantine: 3, selected: 'most' },
    { kind: 'bulyan', byzantine: 3 },
    'centred-clipping',
  ])('do not keep %o from the goal', async (strategy) => {
    const { first, last } = await distances(strategy);
    expect(last).toBeLessThan(first / 5);
  });
});

describe('a strategy with a state', () => {
  it('keeps it from round to round, and through a round that is aborted', async () => {
    const ann = handMade((task) => (task.round === 2 ? fail() : changeBy(1, 1)(task)));
    const reports = await run({ kind: 'fed-avg-m', learningRate: 1, momentum: 0.5 }, 4, [ann]);
    expect(reports.map(({ phase }) => phase)).toEqual(['completed', 'aborted', 'completed', 'completed']);
    const [first, second, third, fourth] = reports.map(({ parameters }) => parameters);
    const moved = (from: Float32Array, to: Float32Array): number[] => [...to.map((value, i) => value - from[i]!)];
    expect(second).toEqual(first);
    // The velocity is 1, then 1.5, then 1.75; the round that was aborted counts for nothing.
    moved(second!, third!).forEach((change) => {
      expect(change).toBeCloseTo(1.5, 5);
    });
    moved(third!, fourth!).forEach((change) => {
      expect(change).toBeCloseTo(1.75, 5);
    });
  });
});

describe('FedNova', () => {
  it("counts each client's steps by the stage and its windows", async () => {
    // One epoch in batches of 64: 64 windows are one step, 192 are three. Shares 1/4 and 3/4, so 2.5 effective steps of
    // 1/4 x 1 + 3/4 x 6 / 3 each; the mean would be 4.75.
    const [report] = await run('fed-nova', 1, [handMade(changeBy(1, 64)), handMade(changeBy(6, 192))]);
    const [mean] = await run('fed-avg', 1, [handMade(changeBy(0, 64)), handMade(changeBy(0, 192))]);
    report!.parameters.forEach((value, index) => {
      expect(value - mean!.parameters[index]!).toBeCloseTo(4.375, 5);
    });
  });
});
