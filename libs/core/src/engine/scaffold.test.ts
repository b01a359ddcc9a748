import { describe, expect, it } from 'vitest';
import { parseStudy } from '../study/parse-study.js';
import type { Study } from '../study/study.js';
import { fail, handMade } from '../testing/hand-made.js';
import { minimalStudy, tiny } from '../testing/studies.js';
import { memoryInRam, type ClientMemory, type ClientState } from '../train/memory/client-memory.js';
import { correctionOf, nextControl } from '../train/local-update.js';
import type { Participant } from '../train/task.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import type { RoundReport } from './round-report.js';
import { runStudy } from './run-study.js';

function studyOf(rounds: number): Study {
  const stage = { name: 'student', where: 'clients', objective: 'supervised', steps: 1, rounds, strategy: 'scaffold' };
  const people = { test: ['t'], labelled: ['l'] };
  const stages = [{ ...stage, optimizer: { kind: 'sgd' } }];
  return parseStudy({ ...minimalStudy, ...tiny, people, evaluation: { everyRounds: rounds }, stages });
}

/** Minimises curvature / 2 · (y - goal)² in each parameter, by so many steps. */
interface Quadratic {
  readonly curvature: number;
  readonly goal: number;
  readonly steps: number;
  readonly failsIn?: number;
}

const RATE = 0.1;

function minimiser({ curvature, goal, steps, failsIn }: Quadratic, memory: ClientMemory = memoryInRam()): Participant {
  return handMade(async ({ stage, round, parameters, control: global, since }) => {
    if (round === failsIn) {
      return fail();
    }
    const before = (await memory.recall(stage, since!)) as ClientState | 'missing';
    const own = before === 'missing' ? new Float32Array(parameters.length) : before.control!;
    const correction = correctionOf({ global: global!, own });
    const reached = parameters.map((start, index) => {
      let y = start;
      for (let step = 0; step < steps; step++) {
        y -= RATE * (curvature * (y - goal) + correction[index]!);
      }
      return y;
    });
    const delta = reached.map((value, index) => value - parameters[index]!);
    const control = nextControl({ global: global!, own }, delta, steps * RATE);
    await memory.keep({ stage, round, since: since! }, { control });
    const change = control.map((value, index) => value - own[index]!);
    return {
      kind: 'train',
      stage,
      round,
      delta,
      control: change,
      examples: steps,
      summary: { windows: steps, loss: 1 },
    };
  });
}

const quadratics: Readonly<Record<string, Quadratic>> = {
  ann: { curvature: 1, goal: 2, steps: 3, failsIn: 3 },
  ben: { curvature: 0.5, goal: -1, steps: 5 },
  cid: { curvature: 2, goal: 0.5, steps: 2, failsIn: 1 },
};

async function reportsOf(study: Study, clients: ReadonlyMap<string, Participant>): Promise<readonly RoundReport[]> {
  const context = {
    fleet: inMemoryFleet(clients),
    coordinator: handMade(fail),
    signal: new AbortController().signal,
  };
  const reports: RoundReport[] = [];
  for await (const report of runStudy(study, context)) {
    reports.push(report);
  }
  return reports;
}

/** The start of a study's stage, from what one step of a client that never moves leaves of it. */
async function startOf(study: Study): Promise<Float32Array> {
  const [first] = await reportsOf(study, new Map([['idle', minimiser({ curvature: 0, goal: 0, steps: 1 })]]));
  return first!.parameters;
}

/**
 * After each round the parameters are factor · start + offset. Worked out in NumPy from the paper's lines 10 to 17, in
 * float64; c counts over the clients of which a round has counted.
 */
const expected = [
  { factor: 0.7513904688, offset: 0.1578904688 },
  { factor: 0.4823803171, offset: 0.3869766872 },
  { factor: 0.2858352655, offset: 0.5220658145 },
  { factor: 0.1688216676, offset: 0.6015009086 },
  { factor: 0.100306717, offset: 0.6474348566 },
];

describe('SCAFFOLD', () => {
  const participants = (): ReadonlyMap<string, Participant> =>
    new Map(Object.entries(quadratics).map(([name, quadratic]) => [name, minimiser(quadratic)]));

  it('follows the paper, with clients that miss rounds and one that comes later', async () => {
    const start = await startOf(studyOf(5));
    const reports = await reportsOf(studyOf(5), participants());
    expect(reports.map(({ clients }) => clients.filter(({ outcome }) => outcome === 'answered').length)).toEqual([
      2, 3, 2, 3, 3,
    ]);
    reports.forEach(({ parameters }, round) => {
      const { factor, offset } = expected[round]!;
      parameters.forEach((value, index) => {
        expect(value).toBeCloseTo(factor * start[index]! + offset, 5);
      });
    });
  });

  it('comes to the optimum of all clients, however differently far they go in a round', async () => {
    const { parameters } = (await reportsOf(studyOf(100), participants())).at(-1)!;
    // (1 · 2 + 0.5 · -1 + 2 · 0.5) / 3.5; averaging alone ends at 0.578.
    parameters.forEach((value) => {
      expect(value).toBeCloseTo(2.5 / 3.5, 4);
    });
  });

  it('is plain SGD with one client', async () => {
    const start = await startOf(studyOf(3));
    const alone = new Map([['ann', minimiser({ curvature: 1, goal: 2, steps: 3 })]]);
    const { parameters } = (await reportsOf(studyOf(3), alone)).at(-1)!;
    parameters.forEach((value, index) => {
      expect(value).toBeCloseTo(2 + 0.9 ** 9 * (start[index]! - 2), 5);
    });
  });
});
