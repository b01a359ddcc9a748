import { describe, expect, it } from 'vitest';
import { parseStudy } from '../study/parse-study.js';
import type { Study } from '../study/study.js';
import { contractEvaluation } from '../testing/contract-participant.js';
import { changeBy, fail, handMade } from '../testing/hand-made.js';
import { minimalStudy, tiny } from '../testing/studies.js';
import type { EvaluateTask, Participant, ReplyTo, Task, TrainTask } from '../train/task.js';
import type { Checkpoint } from './checkpoint.js';
import { inMemoryFleet } from './in-memory-fleet.js';
import type { RoundReport } from './round-report.js';
import { runStudy } from './run-study.js';
import type { StudyResult } from './stage-inputs.js';
import { drawnDurations } from './task-durations.js';

const student = {
  name: 'student',
  where: 'clients',
  objective: 'transformation-discrimination',
  transformations: ['negate'],
  epochs: 1,
  rounds: 4,
};
const fineTune = { name: 'fine-tune', where: 'coordinator', objective: 'supervised', from: 'student', steps: 1 };

const teacher = { ...fineTune, name: 'teacher', from: 'scratch' };
const selfTaught = { ...student, objective: 'self-har', from: 'teacher', teacher: 'newest' };

function studyOf(changes: object): Study {
  const people = { test: ['t'], labelled: ['l'] };
  return parseStudy({ ...minimalStudy, ...tiny, people, stages: [{ ...student, ...changes }, fineTune] });
}

interface Run {
  readonly reports: readonly RoundReport[];
  readonly result: StudyResult;
  /** What the coordinator was asked to evaluate. */
  readonly evaluated: readonly EvaluateTask[];
}

const names = ['ann', 'ben'];

/** Moves by what the round's number and the parameters say, so that whatever is lost shows. */
function drifting(task: TrainTask): ReturnType<ReturnType<typeof changeBy>> {
  return changeBy(0.25 * task.round + 0.125 * task.parameters[0]!, 1)(task);
}

async function run(
  study: Study,
  { resume, client = handMade(drifting) }: { readonly resume?: Checkpoint; readonly client?: Participant } = {},
): Promise<Run> {
  const evaluated: EvaluateTask[] = [];
  const trains = handMade(changeBy(1, 1));
  const coordinator = async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    if (task.kind === 'train') {
      return trains(task, signal);
    }
    evaluated.push(task);
    const { stage, round } = task;
    return { kind: 'evaluate', stage, round, evaluation: contractEvaluation } as ReplyTo<T>;
  };
  const running = runStudy(study, {
    fleet: inMemoryFleet(new Map(names.map((name) => [name, client]))),
    coordinator,
    resume,
    durations: drawnDurations(study.seed),
    signal: new AbortController().signal,
  });
  const reports: RoundReport[] = [];
  for (;;) {
    const next = await running.next();
    if (next.done === true) {
      return { reports, result: next.value, evaluated };
    }
    reports.push(next.value);
  }
}

/** Written out anew, from the models after each round. */
function meanOf(...models: readonly Float32Array[]): Float32Array {
  return models[0]!.map((_, index) => models.reduce((sum, model) => sum + model[index]!, 0) / models.length);
}

describe('a stage that ends with an average', () => {
  it("leaves the mean of its last rounds' models behind, and its rounds go on from the newest", async () => {
    const plain = await run(studyOf({}));
    const averaged = await run(studyOf({ average: { last: 3 } }));
    const models = plain.reports.map(({ parameters }) => parameters);
    const mean = meanOf(models[1]!, models[2]!, models[3]!);
    expect(mean).not.toEqual(models[3]);
    expect(averaged.reports.slice(0, 4).map(({ parameters }) => parameters)).toEqual([...models.slice(0, 3), mean]);
    expect(averaged.result['student']).toEqual(mean);
    expect(averaged.result['fine-tune']).not.toEqual(plain.result['fine-tune']);
  });

  it('is the same stage where the tail is its last round', async () => {
    const plain = await run(studyOf({}));
    const averaged = await run(studyOf({ average: { last: 1 } }));
    expect(averaged.result).toEqual(plain.result);
  });

  it('is evaluated by its average after the last round, and by the newest model before', async () => {
    const people = { test: ['t'], labelled: ['l'] };
    const studyWith = (changes: object): Study =>
      parseStudy({ ...minimalStudy, ...tiny, people, stages: [teacher, { ...selfTaught, ...changes }] });
    const { reports, evaluated } = await run(studyWith({ average: { last: 2 } }));
    const models = reports.slice(1).map(({ parameters }) => parameters);
    expect(evaluated.slice(1).map(({ parameters }) => parameters)).toEqual(models);
    expect(reports.at(-1)!.evaluation).toEqual(contractEvaluation);
    expect(models.at(-1)).not.toEqual((await run(studyWith({}))).reports.at(-1)!.parameters);
  });

  it('leaves out rounds that were aborted, also the last', async () => {
    const failsIn = (...rounds: readonly number[]): Participant =>
      handMade((task) => (rounds.includes(task.round) ? fail() : drifting(task)));
    const study = studyOf({ average: { last: 3 } });
    const plain = await run(studyOf({}), { client: failsIn(4) });
    const averaged = await run(study, { client: failsIn(4) });
    expect(averaged.reports[3]!.phase).toBe('aborted');
    const [, second, third] = plain.reports.map(({ parameters }) => parameters);
    expect(averaged.result['student']).toEqual(meanOf(second!, third!));
    const none = await run(study, { client: failsIn(2, 3, 4) });
    expect(none.result['student']).toEqual(none.reports[0]!.parameters);
  });

  const ways: readonly (readonly [string, object])[] = [
    ['rounds of a cohort', {}],
    ['a buffer', { buffer: { size: 2, concurrency: 2 } }],
    ['an optimizer of the server', { strategy: 'fed-adam' }],
  ];

  it.each(ways)('comes to the same bits behind each of its rounds, with %s', async (_, changes) => {
    const study = studyOf({ ...changes, average: { last: 3 } });
    const undisturbed = await run(study);
    expect(undisturbed.result['student']).not.toEqual((await run(studyOf(changes))).result['student']);
    for (const [index, { checkpoint }] of undisturbed.reports.entries()) {
      const kept = structuredClone(checkpoint);
      const { reports, result } = await run(study, { resume: checkpoint });
      expect(reports).toEqual(undisturbed.reports.slice(index + 1));
      expect(result).toEqual(undisturbed.result);
      expect(checkpoint).toEqual(kept);
    }
  });
});
