/** Rounds with deadlines on a computer whose clock jumps. */

import {
  createRng,
  digestBytes,
  inMemoryFleet,
  parseStudy,
  type Participant,
  recordedCohorts,
  type RoundReport,
  runStudy,
  type StudyContext,
  type Timer,
} from '@gaitway/core';
import { changeBy, handMade } from '@gaitway/core/testing/hand-made';
import { minimalStudy, student, teacher, tiny } from '@gaitway/core/testing/studies';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { jumpingTimer } from './jumping-timer.js';

const ROUNDS = 12;
const cohort = { minimum: 3, quorum: 2, deadline: 0.05 };
const study = parseStudy({
  ...minimalStudy,
  ...tiny,
  people: { test: ['t'], labelled: ['l'] },
  stages: [teacher, { ...student, transformations: ['negate'], rounds: ROUNDS, cohort }],
});

const timer: Timer = {
  after: (seconds, ring) => {
    const timeout = setTimeout(ring, seconds * 1000);
    return () => {
      clearTimeout(timeout);
    };
  },
};

/** Two who answer at once, and one who takes about as long as the deadline. */
function clients(slowMs: number): ReadonlyMap<string, Participant> {
  return new Map([
    ['ann', handMade(changeBy(0.1, 3))],
    ['ben', handMade(changeBy(0.2, 4))],
    [
      'cid',
      handMade(async (task) => {
        await pause(slowMs);
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

it('end, and say who counted, so that they can be repeated to the same bits', async () => {
  const reports = await run(clients(50), { timer: jumpingTimer(timer, createRng(3), 4) });
  expect(reports.filter(({ stage, phase }) => stage === 'student' && phase === 'completed')).toHaveLength(ROUNDS);
  const outcomes = new Set(reports.flatMap(({ clients: asked }) => asked.map(({ outcome }) => outcome)));
  expect(outcomes).toContain('late');
  const again = await run(clients(0), { cohorts: recordedCohorts(reports) });
  expect(await digests(again)).toEqual(await digests(reports));
});
