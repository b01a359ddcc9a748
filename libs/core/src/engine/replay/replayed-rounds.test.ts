import { describe, expect, it } from 'vitest';
import { StudyStopped } from '../../errors.js';
import { parseStudy } from '../../study/parse-study.js';
import type { Study } from '../../study/study.js';
import { abstain, changeBy, fail, handMade } from '../../testing/hand-made.js';
import { handTimer, type HandTimer } from '../../testing/hand-timer.js';
import { minimalStudy, tiny } from '../../testing/studies.js';
import type { Participant } from '../../train/task.js';
import { inMemoryFleet } from '../fleet/in-memory-fleet.js';
import type { RoundReport } from '../round-report.js';
import { runStudy } from '../run-study.js';
import type { StudyContext } from '../stage-context.js';
import { drawnDurations } from '../timer.js';
import { recordedCohorts } from './recorded-cohorts.js';

const names = Array.from({ length: 9 }, (_, index) => `client ${index}`);

const teacher = { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 1 };
const student = {
  name: 'student',
  where: 'clients',
  objective: 'self-har',
  from: 'teacher',
  teacher: { average: 'newest', decay: 0.75 },
  transformations: ['negate'],
  epochs: 1,
  rounds: 6,
  strategy: 'fed-adam',
  buffer: { size: 3, concurrency: 5, maxStaleness: 3 },
};

function studyOf(changes: object = {}): Study {
  const people = { test: ['t'], labelled: ['l'] };
  return parseStudy({ ...minimalStudy, ...tiny, people, stages: [teacher, { ...student, ...changes }] });
}

/** Learns from all that a task brings; the third one never does, and the fourth fails now and then. */
function learner(index: number): Participant {
  return handMade((task) => {
    if (index === 3 || (index === 4 && task.round % 2 === 0)) {
      return index === 3 ? abstain(task) : fail();
    }
    const brought = (task.parameters[0] ?? 0) + (task.teacher?.parameters[0] ?? 0);
    return changeBy(0.01 * (index + 1) + 0.1 * brought, 3 + index)(task);
  });
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The same clients, of whom each takes so many turns of the event loop. */
function fleetOf(turns: (index: number) => number): StudyContext['fleet'] {
  const slow = (participant: Participant, count: number): Participant =>
    async function slowly(task, signal) {
      for (let passed = 0; passed < count; passed++) {
        await turn();
      }
      return participant(task, signal);
    };
  return inMemoryFleet(new Map(names.map((name, index) => [name, slow(learner(index), turns(index))])));
}

async function run(study: Study, context: Partial<StudyContext> = {}): Promise<readonly RoundReport[]> {
  const reports: RoundReport[] = [];
  const running = runStudy(study, {
    fleet: fleetOf(() => 0),
    coordinator: handMade((task) => changeBy(0.5 + 0.125 * (task.parameters[0] ?? 0), 2)(task)),
    signal: new AbortController().signal,
    ...context,
  });
  for await (const report of running) {
    reports.push(report);
  }
  return reports;
}

const durations = drawnDurations(3);

function staleness(reports: readonly RoundReport[]): readonly number[] {
  return reports.flatMap(({ clients }) =>
    clients.flatMap((entry) => (entry.outcome === 'answered' ? [entry.staleness ?? 0] : [])),
  );
}

describe('a buffer with drawn durations', () => {
  it('gives the same reports, whoever is faster here', async () => {
    const study = studyOf();
    const reports = await run(study, { durations });
    expect(Math.max(...staleness(reports))).toBeGreaterThan(0);
    expect(reports.filter(({ phase }) => phase === 'completed')).toHaveLength(7);
    expect(await run(study, { durations, fleet: fleetOf((index) => 3 * (9 - index)) })).toEqual(reports);
    expect(await run(study, { durations: drawnDurations(4) })).not.toEqual(reports);
  });

  it.each([student.teacher, 'teacher', 'newest'])(
    'comes to the same reports behind each of its checkpoints, with whoever was at work (teacher: %j)',
    async (labels) => {
      const study = studyOf({ teacher: labels });
      const reports = await run(study, { durations });
      for (const [index, { checkpoint }] of reports.entries()) {
        const rest = await run(study, { durations, resume: structuredClone(checkpoint) });
        expect(rest).toEqual(reports.slice(index + 1));
      }
    },
  );
});

describe('the record of a run with a buffer', () => {
  const parametersOf = (reports: readonly RoundReport[]): readonly Float32Array[] =>
    reports.map(({ parameters }) => parameters);

  it('gives the same bits again, though answers came in no drawn order', async () => {
    const study = studyOf();
    const first = await run(study, { fleet: fleetOf((index) => (index * 5) % 7) });
    expect(Math.max(...staleness(first))).toBeGreaterThan(0);
    const cohorts = recordedCohorts(first);
    const again = await run(study, { cohorts, durations });
    expect(parametersOf(again)).toEqual(parametersOf(first));
    expect(recordedCohorts(again)).toEqual(cohorts);
    expect(parametersOf(await run(study))).not.toEqual(parametersOf(first));
  });

  it('goes on behind each checkpoint of the repetition', async () => {
    const study = studyOf();
    const cohorts = recordedCohorts(await run(study, { fleet: fleetOf((index) => (index * 5) % 7) }));
    const reports = await run(study, { cohorts });
    for (const [index, { checkpoint }] of reports.entries()) {
      const rest = await run(study, { cohorts, resume: structuredClone(checkpoint) });
      expect(rest).toEqual(reports.slice(index + 1));
    }
  });

  it('stops where somebody whose update counted has none now, or the record asks for a model from before the stage', async () => {
    const study = studyOf();
    const cohortsOf = (client: string, age: number) =>
      new Map([
        ['teacher', [[{ client: 'coordinator' }]]],
        ['student', [[{ client, staleness: age }]]],
      ]);
    await expect(run(study, { cohorts: cohortsOf('client 3', 0) })).rejects.toThrow(
      new StudyStopped(
        'Expected an answer of all 1 in the record of stage "student", round 1, found client 3 abstained: it has no windows',
      ),
    );
    await expect(run(study, { cohorts: cohortsOf('client 0', 2) })).rejects.toThrow(
      new StudyStopped(
        'Expected an earlier model for client 0 in the record of round 1, found one that begins in round -1',
      ),
    );
  });
});

it('a record decides who failed, so its repetition has no deadlines', async () => {
  const study = studyOf({ buffer: { ...student.buffer, deadline: 1 } });
  const timer = handTimer();
  const recorded = await run(study, { durations });
  const repeated = await run(study, { cohorts: recordedCohorts(recorded), timer, fleet: hurriedFleet(timer) });
  expect(repeated.at(-1)?.parameters).toEqual(recorded.at(-1)?.parameters);
});

/** Clients at each of whose tasks all deadlines are over. */
function hurriedFleet(timer: HandTimer): StudyContext['fleet'] {
  const fleet = fleetOf(() => 0);
  return {
    ...fleet,
    ask: (client, task, signal) => {
      timer.fire();
      return fleet.ask(client, task, signal);
    },
  };
}
