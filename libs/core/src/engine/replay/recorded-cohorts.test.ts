import { describe, expect, it } from 'vitest';
import { StudyStopped } from '../../errors.js';
import { digestBytes } from '../../math/digest.js';
import { parseStudy } from '../../study/parse-study.js';
import type { Study } from '../../study/study.js';
import { changeBy, fail, handMade } from '../../testing/hand-made.js';
import { handTimer } from '../../testing/hand-timer.js';
import { minimalStudy, student, teacher, tiny } from '../../testing/studies.js';
import type { Participant, TrainTask } from '../../train/task.js';
import { inMemoryFleet } from '../fleet/in-memory-fleet.js';
import { recordedCohorts, type RecordedAnswer, type RecordedCohorts } from './recorded-cohorts.js';
import type { RoundReport } from '../round-report.js';
import { runStudy } from '../run-study.js';
import type { StudyContext } from '../stage-context.js';

const names = ['ann', 'ben', 'cid', 'dot'];

function studyOf(cohort: object): Study {
  const onClients = { ...student, transformations: ['negate'], rounds: 3, coordinatorTakesPart: true, cohort };
  return parseStudy({
    ...minimalStudy,
    ...tiny,
    people: { test: ['t'], labelled: ['l'] },
    stages: [teacher, onClients],
  });
}

const named = (...clients: readonly string[]): readonly RecordedAnswer[] => clients.map((client) => ({ client }));

type Cast = Readonly<Record<string, Participant>>;

/** Everybody learns something else, from another number of windows. */
const change = (client: string): ((task: TrainTask) => ReturnType<ReturnType<typeof changeBy>>) =>
  changeBy(0.1 * (names.indexOf(client) + 1), 3 + names.indexOf(client));

const prompt: Cast = Object.fromEntries(names.map((name) => [name, handMade(change(name))]));

/** Clients that answer only in the rounds that are given. */
function arriving(rounds: Readonly<Record<string, readonly number[]>>): Cast {
  return Object.fromEntries(
    names.map((name) => [
      name,
      handMade((task) =>
        rounds[name]?.includes(task.round) ? change(name)(task) : new Promise<never>(() => undefined),
      ),
    ]),
  );
}

async function run(study: Study, clients: Cast, more: Partial<StudyContext> = {}): Promise<readonly RoundReport[]> {
  const reports: RoundReport[] = [];
  const context: StudyContext = {
    fleet: inMemoryFleet(new Map(Object.entries(clients))),
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

describe('the record of an over-selected run', () => {
  const study = studyOf({ target: 2, overSelect: 2, minimum: 4, quorum: 2 });
  const arrivals = { ann: [1, 3], ben: [1], cid: [2, 3], dot: [2] };

  it('says whose answers counted, the coordinator among them', async () => {
    expect(recordedCohorts(await run(study, arriving(arrivals)))).toEqual(
      new Map([
        ['teacher', [named('coordinator')]],
        [
          'student',
          [named('ann', 'ben', 'coordinator'), named('cid', 'coordinator', 'dot'), named('ann', 'cid', 'coordinator')],
        ],
      ]),
    );
  });

  it('gives the same bits again, where everybody is prompt and where somebody else would have been', async () => {
    const first = await run(study, arriving(arrivals));
    const cohorts = recordedCohorts(first);
    const again = await run(study, prompt, { cohorts });
    expect(await digests(again)).toEqual(await digests(first));
    expect(recordedCohorts(again)).toEqual(cohorts);
    const others = await run(study, arriving({ ann: [1, 2, 3], dot: [1, 2, 3] }));
    expect((await digests(others)).at(-1)).not.toBe((await digests(first)).at(-1));
  });

  it('stops where somebody whose answer counted does not answer', async () => {
    const cohorts = recordedCohorts(await run(study, arriving(arrivals)));
    await expect(run(study, { ...prompt, cid: handMade(fail) }, { cohorts })).rejects.toThrow(
      new StudyStopped(
        'Expected an answer of all 3 in the record of stage "student", round 2, found cid failed: its battery is empty',
      ),
    );
  });

  it('stops where it is too short', async () => {
    const cohorts: RecordedCohorts = new Map([['student', [named('ann')]]]);
    await expect(run(study, prompt, { cohorts })).rejects.toThrow(
      new StudyStopped('Expected a record of stage "student", round 2, found none'),
    );
  });
});

describe('the record of a run with deadlines', () => {
  it('repeats rounds without the late, and those that were aborted', async () => {
    const study = studyOf({ minimum: 4, quorum: 3, deadline: 60 });
    const timer = handTimer();
    // The coordinator learns at last: by then all those who answer have.
    const coordinator = handMade(async (task) => {
      await new Promise((resolve) => setImmediate(resolve));
      timer.fire();
      return changeBy(0.7, 5)(task);
    });
    const arrivals = { ann: [1, 2, 3], ben: [1, 3], cid: [1, 2, 3], dot: [3] };
    const first = await run(study, arriving(arrivals), { coordinator, timer });
    expect(first.map(({ phase, clients }) => [phase, ...clients.map(({ outcome }) => outcome)])).toEqual([
      ['completed', 'answered'],
      ['completed', 'answered', 'answered', 'answered', 'answered', 'late'],
      ['aborted', 'answered', 'late', 'answered', 'answered', 'late'],
      ['completed', 'answered', 'answered', 'answered', 'answered', 'answered'],
    ]);
    const again = await run(study, prompt, { cohorts: recordedCohorts(first) });
    expect(again.map(({ phase }) => phase)).toEqual(['completed', 'completed', 'aborted', 'completed']);
    expect(await digests(again)).toEqual(await digests(first));
  });
});
