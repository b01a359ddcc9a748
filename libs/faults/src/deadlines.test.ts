/** Rounds with deadlines on a computer whose clock jumps. */

import {
  createRng,
  inMemoryFleet,
  parseStudy,
  type Participant,
  type RoundReport,
  runStudy,
  type StudyContext,
} from '@gaitway/core';
import { recordedCohorts } from '@gaitway/core/engine';
import { digestBytes, type Timer } from '@gaitway/core/internal';
import { changeBy, handMade } from '@gaitway/core/testing/hand-made';
import { minimalStudy, student, teacher, tiny } from '@gaitway/core/testing/studies';
import { expect, it } from 'vitest';
import { jumpingTimer } from './jumping-timer.js';

const ROUNDS = 12;
const DEADLINE = 30;
const cohort = { minimum: 3, quorum: 2, deadline: DEADLINE };
const study = parseStudy({
  ...minimalStudy,
  ...tiny,
  people: { test: ['t'], labelled: ['l'] },
  stages: [teacher, { ...student, transformations: ['negate'], rounds: ROUNDS, cohort }],
});

interface Bell {
  readonly due: number;
  readonly ring: () => void;
}

/** A virtual timer that advances only when the event loop is idle. */
function idleTimer(): Timer {
  let now = 0;
  let bells: readonly Bell[] = [];
  const ringNext = (): void => {
    const [next] = bells.toSorted((a, b) => a.due - b.due);
    if (next) {
      bells = bells.filter((bell) => bell !== next);
      now = next.due;
      next.ring();
    }
  };
  return {
    after: (seconds, ring) => {
      const bell = { due: now + seconds, ring };
      bells = [...bells, bell];
      setImmediate(ringNext);
      return () => {
        bells = bells.filter((other) => other !== bell);
      };
    },
  };
}

/** Two clients that answer at once, and one that takes this many seconds. */
function clients(timer: Timer, seconds: number): ReadonlyMap<string, Participant> {
  return new Map([
    ['ann', handMade(changeBy(0.1, 3))],
    ['ben', handMade(changeBy(0.2, 4))],
    [
      'cid',
      handMade(async (task) => {
        await new Promise<void>((resolve) => timer.after(seconds, resolve));
        return changeBy(0.3, 5)(task);
      }),
    ],
  ]);
}

async function run(members: ReadonlyMap<string, Participant>, more: Partial<StudyContext>): Promise<RoundReport[]> {
  const reports: RoundReport[] = [];
  const context: StudyContext = {
    fleet: inMemoryFleet(members),
    coordinator: handMade(changeBy(0.7, 5)),
    signal: new AbortController().signal,
    ...more,
  };
  for await (const report of runStudy(study, context)) {
    reports.push(report);
  }
  return reports;
}

const digests = (reports: readonly RoundReport[]): Promise<readonly string[]> =>
  Promise.all(reports.map(({ parameters }) => digestBytes(parameters)));

it('rounds with a deadline end and record who counted, so that a replay gives bit-identical parameters', async () => {
  const timer = idleTimer();
  const reports = await run(clients(timer, DEADLINE), { timer: jumpingTimer(timer, createRng(3), 4) });
  const rounds = reports.filter(({ stage, phase }) => stage === 'student' && phase === 'completed');
  expect(rounds).toHaveLength(ROUNDS);
  const outcomesOf = (client: string): ReadonlySet<string> =>
    new Set(
      rounds
        .flatMap(({ clients: asked }) => asked.filter((one) => one.client === client))
        .map(({ outcome }) => outcome),
    );
  expect(['ann', 'ben', 'cid'].map((client) => [...outcomesOf(client)].sort())).toEqual([
    ['answered'],
    ['answered'],
    ['answered', 'late'],
  ]);
  const again = await run(clients(timer, 0), { cohorts: recordedCohorts(reports) });
  expect(await digests(again)).toEqual(await digests(reports));
});
