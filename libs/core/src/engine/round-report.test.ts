import { describe, expect, it } from 'vitest';
import { parseStudy } from '../study/parse-study.js';
import type { Study } from '../study/study.js';
import { abstain, changeBy, fail, handMade } from '../testing/hand-made.js';
import { minimalStudy, tiny } from '../testing/studies.js';
import type { Participant } from '../train/task.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import type { Checkpoint, RoundReport } from './round-report.js';
import { runStudy } from './run-study.js';
import type { StudyResult } from './starting-point.js';

const teacher = { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 1 };
const student = {
  name: 'student',
  where: 'clients',
  objective: 'self-har',
  from: 'teacher',
  teacher: { average: 'newest', decay: 0.75 },
  transformations: ['negate'],
  epochs: 1,
  rounds: 4,
  after: { steps: 1 },
  strategy: 'fed-adam',
};
const fineTune = { name: 'fine-tune', where: 'coordinator', objective: 'supervised', from: 'student', steps: 1 };

function studyOf(...stages: readonly object[]): Study {
  return parseStudy({ ...minimalStudy, ...tiny, people: { test: ['t'], labelled: ['l'] }, stages });
}

/** Learns from all that a task brings, so that whatever is lost shows; fails in one round. */
const ann = handMade((task) => {
  const ahead = task.teacher?.parameters[0] ?? 0;
  return task.round === 2 ? fail() : changeBy(0.25 + 0.01 * task.round + 0.1 * ahead, 3)(task);
});

interface Rest {
  readonly reports: readonly RoundReport[];
  readonly result?: StudyResult;
  readonly error?: unknown;
}

async function run(study: Study, resume?: Checkpoint, client: Participant = ann): Promise<Rest> {
  const running = runStudy(study, {
    fleet: inMemoryFleet(new Map([['ann', client]])),
    coordinator: handMade((task) => changeBy(0.5 + 0.125 * (task.parameters[0] ?? 0), 2)(task)),
    resume,
    signal: new AbortController().signal,
  });
  const reports: RoundReport[] = [];
  try {
    for (;;) {
      const next = await running.next();
      if (next.done === true) {
        return { reports, result: next.value };
      }
      reports.push(next.value);
    }
  } catch (error) {
    return { reports, error };
  }
}

describe('a study that goes on from a checkpoint', () => {
  it.each(['fed-avg', 'fed-avg-m', 'fed-adam', 'fed-yogi'])(
    'comes to the same bits and reports behind each of its rounds (%s)',
    async (strategy) => {
      const study = studyOf(teacher, { ...student, strategy }, fineTune);
      const undisturbed = await run(study);
      expect(undisturbed.reports.map(({ stage, phase }) => [stage, phase])).toEqual([
        ['teacher', 'completed'],
        ['student', 'completed'],
        ['student', 'aborted'],
        ['student', 'completed'],
        ['student', 'completed'],
        ['fine-tune', 'completed'],
      ]);
      for (const [index, { checkpoint }] of undisturbed.reports.entries()) {
        const { reports, result } = await run(study, structuredClone(checkpoint));
        expect(reports).toEqual(undisturbed.reports.slice(index + 1));
        expect(result).toEqual(undisturbed.result);
      }
    },
  );

  it('leaves the checkpoint as it is', async () => {
    const study = studyOf(teacher, student);
    const { checkpoint } = (await run(study)).reports[1]!;
    const before = structuredClone(checkpoint);
    await run(study, checkpoint);
    expect(checkpoint).toEqual(before);
  });

  it('stops where no round was completed, counting those before', async () => {
    const study = studyOf(teacher, student);
    const idle = handMade(abstain);
    const undisturbed = await run(study, undefined, idle);
    expect(undisturbed.error).toBeInstanceOf(Error);
    for (const { checkpoint } of undisturbed.reports.slice(1)) {
      expect((await run(study, checkpoint, idle)).error).toEqual(undisturbed.error);
    }
  });

  it('refuses the checkpoint of another study', async () => {
    const { checkpoint } = (await run(studyOf(teacher, student))).reports[1]!;
    expect((await run(studyOf(teacher), checkpoint)).error).toEqual(
      new RangeError('Expected a checkpoint of the study "first-study", found one of a stage "student"'),
    );
    const larger = studyOf(teacher, { ...student, transformations: ['negate', 'noise'] });
    expect((await run(larger, checkpoint)).error).toEqual(
      new RangeError('Expected a checkpoint of 16 parameters in stage "student", found 12'),
    );
  });
});
