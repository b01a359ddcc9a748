import { describe, expect, it } from 'vitest';
import { StudyStopped } from '../errors.js';
import { digestBytes } from '../math/digest.js';
import { createRng } from '../math/random.js';
import { initialParameters } from '../model/parameters/initial-parameters.js';
import { layoutOf } from '../model/parameters/layout.js';
import { parseStudy } from '../study/parse-study.js';
import { networkOf } from '../study/plans/stage-plans.js';
import type { Study } from '../study/study.js';
import { contractEvaluation } from '../testing/contract-participant.js';
import { abstain, changeBy, fail, handMade } from '../testing/hand-made.js';
import { minimalStudy, tiny, without } from '../testing/studies.js';
import type { Participant, TrainTask } from '../train/task.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import type { RoundReport } from './round-report.js';
import { runStudy } from './run-study.js';
import type { StudyResult } from './starting-point.js';

const teacher = { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 1 };
const student = {
  name: 'student',
  where: 'clients',
  objective: 'self-har',
  teacher: 'teacher',
  transformations: ['negate'],
  epochs: 1,
  rounds: 1,
};
const fineTune = { name: 'fine-tune', where: 'coordinator', objective: 'supervised', from: 'student', steps: 1 };

function studyOf(stages: readonly object[], changes: object = {}): Study {
  return parseStudy({ ...minimalStudy, ...tiny, people: { test: ['t'], labelled: ['l'] }, stages, ...changes });
}

interface Cast {
  readonly clients?: Readonly<Record<string, Participant>>;
  readonly coordinator?: Participant;
  readonly classPrior?: readonly number[];
  readonly signal?: AbortSignal;
}

interface Run {
  readonly reports: readonly RoundReport[];
  readonly result: StudyResult | undefined;
  readonly error: unknown;
}

async function run(study: Study, { clients = {}, coordinator, classPrior, signal }: Cast): Promise<Run> {
  const reports: RoundReport[] = [];
  const running = runStudy(study, {
    fleet: inMemoryFleet(new Map(Object.entries(clients))),
    coordinator: coordinator ?? handMade(changeBy(1, 1)),
    classPrior,
    signal: signal ?? new AbortController().signal,
  });
  try {
    for (;;) {
      const next = await running.next();
      if (next.done === true) {
        return { reports, result: next.value, error: undefined };
      }
      reports.push(next.value);
    }
  } catch (error) {
    return { reports, result: undefined, error };
  }
}

/** Fresh parameters of a stage, worked out apart from the engine. */
function freshParameters(study: Study, stage: string): Float32Array {
  return initialParameters(layoutOf(networkOf(study, stage)), createRng(study.seed).fork('initial', stage));
}

/** A participant that keeps the tasks it gets. */
function listening(tasks: TrainTask[]): Participant {
  return handMade((task) => {
    tasks.push(task);
    return changeBy(0.25, 1)(task);
  });
}

describe('a stage on the clients', () => {
  const study = studyOf([teacher, { ...student, rounds: 2 }]);

  it("moves the global parameters by the mean of the clients' changes, weighted by their examples", async () => {
    const clients = { ann: handMade(changeBy(0.5, 1)), ben: handMade(changeBy(-0.25, 3)) };
    const { reports, result } = await run(study, { clients });
    // (1 x 0.5 - 3 x 0.25) / 4 = -0.0625 a round.
    const start = freshParameters(study, 'student');
    const afterOne = start.map((value) => value - 0.0625);
    expect(reports[1]?.parameters).toEqual(afterOne);
    expect(result?.['student']).toEqual(afterOne.map((value) => value - 0.0625));
    expect(start).toHaveLength(12);
  });

  it('reports every round, with everybody who was asked', async () => {
    const clients = { ben: handMade(abstain), ann: handMade(changeBy(1, 7)), cid: handMade(fail) };
    const { reports } = await run(study, { clients });
    expect(reports.map(({ stage, where, round, rounds, phase }) => [stage, where, round, rounds, phase])).toEqual([
      ['teacher', 'coordinator', 1, 1, 'completed'],
      ['student', 'clients', 1, 2, 'completed'],
      ['student', 'clients', 2, 2, 'completed'],
    ]);
    expect(reports[2]?.clients).toEqual([
      { client: 'ann', outcome: 'answered', examples: 7, summary: { windows: 7, loss: 1 } },
      { client: 'ben', outcome: 'abstained', reason: 'it has no windows', windows: 0 },
      { client: 'cid', outcome: 'failed', reason: 'its battery is empty' },
    ]);
  });

  it('gives the clients the parameters of the round and the finished teacher', async () => {
    const tasks: TrainTask[] = [];
    const { reports, result } = await run(study, { clients: { ann: listening(tasks) } });
    expect(tasks.map(({ stage, round }) => [stage, round])).toEqual([
      ['student', 1],
      ['student', 2],
    ]);
    expect(tasks[1]?.parameters).toEqual(reports[1]?.parameters);
    const parameters = result!['teacher']!;
    expect(tasks[1]?.teacher).toEqual({ digest: await digestBytes(parameters), parameters });
  });

  it('asks the coordinator as well where it takes part, and does not count it', async () => {
    const withCoordinator = studyOf([teacher, { ...student, coordinatorTakesPart: true }]);
    const clients = { ann: handMade(changeBy(0.5, 1)) };
    const { reports } = await run(withCoordinator, { clients, coordinator: handMade(changeBy(1, 3)) });
    // (1 x 0.5 + 3 x 1) / 4
    expect(reports[1]?.parameters).toEqual(freshParameters(withCoordinator, 'student').map((value) => value + 0.875));
    expect(reports[1]?.clients.map(({ client }) => client)).toEqual(['ann', 'coordinator']);
    const alone = await run(withCoordinator, { clients: { ann: handMade(abstain) } });
    expect(alone.reports[1]).toMatchObject({ phase: 'aborted', reason: expect.stringContaining('0 of 1 answered') });
  });

  it('draws another cohort each round, the same one in each run', async () => {
    const drawing = studyOf([teacher, { ...student, rounds: 8, cohort: { target: 2, minimum: 4 } }]);
    const clients = Object.fromEntries(['ann', 'ben', 'cid', 'dot'].map((name) => [name, handMade(changeBy(1, 1))]));
    const cohorts = async (): Promise<readonly string[]> =>
      (await run(drawing, { clients })).reports.slice(1).map((report) => report.clients.map((c) => c.client).join());
    const drawn = await cohorts();
    expect(drawn.every((cohort) => cohort.length === 'ann,ben'.length)).toBe(true);
    expect(new Set(drawn).size).toBeGreaterThan(1);
    expect(await cohorts()).toEqual(drawn);
  });

  it('skips a round that misses its quorum: the parameters stay', async () => {
    const strict = studyOf([teacher, { ...student, rounds: 3, cohort: { minimum: 2, quorum: 2 } }]);
    const failsInTheSecond = handMade((task) => (task.round === 2 ? fail() : changeBy(1, 1)(task)));
    const clients = { ann: handMade(changeBy(1, 1)), ben: failsInTheSecond };
    const { reports, result } = await run(strict, { clients });
    expect(reports.map(({ phase }) => phase)).toEqual(['completed', 'completed', 'aborted', 'completed']);
    expect(reports[2]).toMatchObject({
      reason: '1 of 2 answered, where 2 must (ben failed: its battery is empty)',
      parameters: reports[1]!.parameters,
    });
    expect(result?.['student']).toEqual(reports[1]!.parameters.map((value) => value + 1));
  });

  it('stops the study when no round is completed, and says who failed why', async () => {
    const clients = { ann: handMade(abstain), ben: handMade(fail) };
    const { reports, error } = await run(study, { clients });
    expect(reports.map(({ phase }) => phase)).toEqual(['completed', 'aborted', 'aborted']);
    expect(error).toEqual(
      new StudyStopped(
        'No round of stage "student" was completed: 0 of 2 answered, where 1 must ' +
          '(ann abstained: it has no windows; ben failed: its battery is empty)',
      ),
    );
  });

  it('stops the study when there will never be enough clients', async () => {
    const { error } = await run(studyOf([teacher, { ...student, cohort: { minimum: 3 } }]), {
      clients: { ann: handMade(changeBy(1, 1)) },
    });
    expect(error).toEqual(new StudyStopped('expected at least 3 clients, found 1'));
  });

  it("refuses a client with the coordinator's name", async () => {
    const { error } = await run(study, { clients: { coordinator: handMade(changeBy(1, 1)) } });
    expect(error).toEqual(new StudyStopped('Expected clients of other names than "coordinator", found one with it'));
  });
});

describe('a stage that is labelled by its own models', () => {
  const own = { ...student, from: 'teacher', rounds: 3 };
  const clientTasks = async (stage: object): Promise<readonly TrainTask[]> => {
    const tasks: TrainTask[] = [];
    await run(studyOf([teacher, stage]), { clients: { ann: listening(tasks) } });
    return tasks;
  };

  it('sends no teacher where the model that the round starts from labels', async () => {
    const tasks = await clientTasks({ ...own, teacher: 'newest' });
    expect(tasks.map((task) => 'teacher' in task)).toEqual([false, false, false]);
  });

  it('sends the moving average of the models that the rounds came to, the first of them as it is', async () => {
    const tasks = await clientTasks({ ...own, teacher: { average: 'newest', decay: 0.75 } });
    // Each round adds 0.25: behind the start by 0, then 0.25 x 0.25, then 0.75 x 0.0625 + 0.25 x 0.5.
    const start = tasks[0]!.parameters;
    [0, 0.0625, 0.171875].forEach((ahead, round) => {
      tasks[round]!.teacher!.parameters.forEach((value, index) => {
        expect(value).toBeCloseTo(start[index]! + ahead, 5);
      });
    });
    expect(tasks[1]!.teacher!.digest).toBe(await digestBytes(tasks[1]!.teacher!.parameters));
  });

  it('ends a stage with the average that it labelled by, and reports it as its model', async () => {
    const tasks: TrainTask[] = [];
    const stage = { ...own, teacher: { average: 'newest', decay: 0.75 } };
    const { reports, result } = await run(studyOf([teacher, stage]), { clients: { ann: listening(tasks) } });
    // 0.75 x 0.171875 + 0.25 x 0.75 ahead of the start; the global parameters are ahead by 0.75.
    const ended = result!['student']!;
    ended.forEach((value, index) => {
      expect(value).toBeCloseTo(tasks[0]!.parameters[index]! + 0.31640625, 5);
    });
    expect(reports.at(-1)!.parameters).toBe(ended);
  });

  it('leaves the average as it was after a round that is aborted', async () => {
    const tasks: TrainTask[] = [];
    const ann = handMade((task) => {
      tasks.push(task);
      return task.round === 1 ? fail() : changeBy(0.25, 1)(task);
    });
    await run(studyOf([teacher, { ...own, teacher: { average: 'newest', decay: 0.75 } }]), { clients: { ann } });
    expect(tasks[1]!.teacher).toEqual(tasks[0]!.teacher);
    expect(tasks[2]!.teacher).not.toEqual(tasks[1]!.teacher);
  });
});

describe('a stage after whose rounds the coordinator trains', () => {
  const stages = [teacher, { ...student, from: 'teacher', rounds: 2, after: { steps: 1 } }];
  const clients = { ann: handMade(changeBy(0.5, 1)) };

  it('goes on from what the coordinator made of the core and the activity head', async () => {
    const tasks: TrainTask[] = [];
    const { reports, result } = await run(studyOf(stages), { clients, coordinator: listening(tasks) });
    const [, first, second] = reports;
    const start = first!.parameters.map((value, index) => value - (index < 8 ? 0.75 : 0.5));
    expect(tasks.map(({ stage, round }) => [stage, round])).toEqual([
      ['teacher', 1],
      ['student/after', 1],
      ['student/after', 2],
    ]);
    // The clients add 0.5 to all twelve parameters, the coordinator 0.25 to the first eight.
    const afterClients = start.map((value) => value + 0.5);
    expect(tasks[1]!.parameters).toHaveLength(8);
    tasks[1]!.parameters.forEach((value, index) => {
      expect(value).toBeCloseTo(afterClients[index]!, 6);
    });
    second!.parameters.forEach((value, index) => {
      expect(value).toBeCloseTo(start[index]! + (index < 8 ? 1.5 : 1), 5);
    });
    expect(result!['student']).toEqual(second!.parameters);
  });

  it('says in its reports what the coordinator learned from', async () => {
    const { reports } = await run(studyOf(stages), { clients, coordinator: handMade(changeBy(0.25, 60)) });
    const after = { client: 'coordinator', outcome: 'answered', examples: 60, summary: { windows: 60, loss: 1 } };
    expect(reports.map((report) => report.after)).toEqual([undefined, after, after]);
    expect(reports[1]!.clients.map(({ client }) => client)).toEqual(['ann']);
  });

  it('lets the coordinator rest after a round that is aborted', async () => {
    const tasks: TrainTask[] = [];
    const ann = handMade((task) => (task.round === 1 ? fail() : changeBy(1, 1)(task)));
    const { reports } = await run(studyOf(stages), { clients: { ann }, coordinator: listening(tasks) });
    expect(tasks.map(({ stage, round }) => [stage, round])).toEqual([
      ['teacher', 1],
      ['student/after', 2],
    ]);
    expect(reports[1]).not.toHaveProperty('after');
  });

  it('stops the study when the coordinator has nothing to train on', async () => {
    const coordinator = handMade((task) => (task.stage === 'teacher' ? changeBy(1, 1)(task) : abstain(task)));
    const { error } = await run(studyOf(stages), { clients, coordinator });
    expect(error).toBeInstanceOf(StudyStopped);
    expect(String(error)).toContain('The coordinator did not train after round 1 of stage "student"');
    expect(String(error)).toContain('it has no windows');
  });

  it('aborts the rounds after which the training of the coordinator fails', async () => {
    const coordinator = handMade((task) =>
      task.round === 1 && task.stage !== 'teacher' ? fail() : changeBy(1, 1)(task),
    );
    const { reports, error } = await run(studyOf(stages), { clients, coordinator });
    expect(error).toBeUndefined();
    expect(reports[1]).toMatchObject({
      phase: 'aborted',
      reason: "the coordinator's training after it failed: its battery is empty; ann took part",
    });
    const start = reports[0]!.parameters;
    expect(reports[1]!.parameters.subarray(0, start.length)).toEqual(start);
    expect(reports[2]!.phase).toBe('completed');
  });

  it('moves the average by what the coordinator made of the round', async () => {
    const tasks: TrainTask[] = [];
    const averaging = { ...stages[1], teacher: { average: 'newest', decay: 0.5 } };
    await run(studyOf([teacher, averaging]), { clients: { ann: listening(tasks) } });
    // 0.25 of the client and 1 of the coordinator, half of which is in the average.
    expect(tasks[1]!.teacher!.parameters[0]).toBeCloseTo(tasks[0]!.parameters[0]! + 0.625, 5);
  });
});

describe('a stage that aligns labels with the class prior', () => {
  const aligned = studyOf([teacher, { ...student, labels: { alignment: 'class-prior' } }]);

  it('tells the clients the prior, and only where it aligns', async () => {
    const tasks: TrainTask[] = [];
    await run(aligned, { clients: { ann: listening(tasks) }, classPrior: [0.75, 0.25] });
    expect(tasks[0]!.classPrior).toEqual([0.75, 0.25]);
    await run(studyOf([teacher, student]), { clients: { ann: listening(tasks) }, classPrior: [0.75, 0.25] });
    expect(tasks[1]).not.toHaveProperty('classPrior');
  });

  it('stops where the coordinator has no label of an activity', async () => {
    const clients = { ann: handMade(changeBy(1, 1)) };
    expect((await run(aligned, { clients, classPrior: [1, 0] })).error).toEqual(
      new StudyStopped(
        'Stage "student" aligns labels: expected labelled windows of every activity at the coordinator, found none of walking',
      ),
    );
    expect((await run(aligned, { clients })).error).toBeInstanceOf(StudyStopped);
  });
});

describe('a stage on the coordinator', () => {
  it('is one round over the coordinator alone', async () => {
    const study = studyOf([teacher]);
    const { reports, result } = await run(study, { coordinator: handMade(changeBy(0.5, 60)) });
    expect(reports).toHaveLength(1);
    expect(reports[0]?.clients.map(({ client }) => client)).toEqual(['coordinator']);
    expect(result?.['teacher']).toEqual(freshParameters(study, 'teacher').map((value) => value + 0.5));
  });

  it('starts from what it shares with the stage that it names', async () => {
    const tasks: TrainTask[] = [];
    const study = studyOf([teacher, student, fineTune]);
    const clients = { ann: handMade(changeBy(1, 1)) };
    const { result } = await run(study, { clients, coordinator: listening(tasks) });
    // The student's core and activity head; its transformation head has no place in the network to fine-tune.
    expect(tasks[1]?.stage).toBe('fine-tune');
    expect(tasks[1]?.parameters).toEqual(result!['student']!.slice(0, 8));
  });

  it('stops the study when the coordinator fails', async () => {
    const { error } = await run(studyOf([teacher]), { coordinator: handMade(fail) });
    expect(error).toBeInstanceOf(StudyStopped);
    expect(String(error)).toContain('coordinator failed: its battery is empty');
  });
});

describe('evaluation', () => {
  const clients = { ann: handMade(changeBy(1, 1)) };

  it('comes after every so many rounds and after the last', async () => {
    const study = studyOf([teacher, { ...student, rounds: 5 }], { evaluation: { everyRounds: 2 } });
    const { reports } = await run(study, { clients });
    expect(reports.map(({ evaluation }) => evaluation !== undefined)).toEqual([true, false, true, false, true, true]);
    expect(reports[2]?.evaluation).toEqual(contractEvaluation);
  });

  it('is left out after an aborted round that is not the last', async () => {
    const ann = handMade((task) => (task.round === 2 ? fail() : changeBy(1, 1)(task)));
    const { reports } = await run(studyOf([teacher, { ...student, rounds: 3 }]), { clients: { ann } });
    expect(reports.map(({ evaluation }) => evaluation !== undefined)).toEqual([true, true, false, true]);
  });

  it('is left out where the network knows no activities', async () => {
    const study = studyOf([{ ...without(student, 'teacher'), objective: 'transformation-discrimination' }]);
    const { reports } = await run(study, { clients });
    expect(reports[0]?.phase).toBe('completed');
    expect(reports[0]).not.toHaveProperty('evaluation');
  });

  it('is of the parameters after the round', async () => {
    const evaluated: Float32Array[] = [];
    const trains = handMade(changeBy(1, 1));
    const coordinator: Participant = (task, signal) => {
      if (task.kind === 'evaluate') {
        evaluated.push(task.parameters);
      }
      return trains(task, signal);
    };
    const { reports } = await run(studyOf([teacher]), { coordinator });
    expect(evaluated).toEqual([reports[0]?.parameters]);
  });
});

describe('a round that comes to a model that nobody can use', () => {
  const rounds = (count: number, changes: object = {}): readonly object[] => [
    teacher,
    { ...student, rounds: count, ...changes },
  ];

  it('is aborted where admitted updates add up to numbers far beyond those of a trained network', async () => {
    const clients = { ann: handMade(changeBy(0, 1)), mallory: handMade(changeBy(950, 10_000)) };
    const { reports, result, error } = await run(studyOf(rounds(12)), { clients });
    expect(error).toBeUndefined();
    expect(reports.map(({ phase }) => phase)).toEqual([...Array<string>(11).fill('completed'), 'aborted', 'aborted']);
    expect(reports.at(-1)).toMatchObject({
      reason: expect.stringMatching(/^the new model: expected numbers up to 10000, found .*; ann, mallory took part$/),
    });
    expect(result!['student']).toEqual(reports[10]!.parameters);
    expect(Math.max(...result!['student']!)).toBeLessThanOrEqual(10_000);
  });

  it.each<[string, object]>([
    ['whose server has momentum', { strategy: 'fed-avg-m' }],
    ['whose clients have control variates', { strategy: 'scaffold', optimizer: { kind: 'sgd', learningRate: 1 } }],
    ['with a buffer', { buffer: { size: 2, concurrency: 2 } }],
    ['that is labelled by an average of its models', { from: 'teacher', teacher: { average: 'newest', decay: 0.5 } }],
  ])('is aborted in a stage %s, too', async (_, changes) => {
    const controlled = (share: number, examples: number): Participant =>
      handMade((task) => ({
        ...changeBy(share, examples)(task),
        ...(task.control && { control: task.control.map(() => share) }),
      }));
    const clients = { ann: controlled(0, 1), mallory: controlled(950, 10_000) };
    const { reports, result, error } = await run(studyOf(rounds(30, changes)), { clients });
    expect(error).toBeUndefined();
    expect(reports.at(-1)).toMatchObject({
      phase: 'aborted',
      reason: expect.stringContaining('expected numbers up to'),
    });
    expect(Math.max(...result!['student']!)).toBeLessThanOrEqual(10_000);
    expect(result!['student']!.every(Number.isFinite)).toBe(true);
  });

  it('is aborted where its model cannot be evaluated, and the one before it is evaluated in the last round', async () => {
    const trains = handMade(changeBy(1, 1));
    let first: number | undefined;
    const coordinator: Participant = (task, signal) => {
      if (task.kind === 'evaluate' && task.stage === 'student') {
        first ??= task.parameters[0];
        if (task.parameters[0] !== first) {
          return Promise.reject(new RangeError('expected a number from 0 to 1, found NaN'));
        }
      }
      return trains(task, signal);
    };
    const clients = { ann: handMade(changeBy(1.25, 1)) };
    const { reports, result, error } = await run(studyOf(rounds(3), { evaluation: { everyRounds: 1 } }), {
      clients,
      coordinator,
    });
    expect(error).toBeUndefined();
    expect(reports.map(({ phase }) => phase)).toEqual(['completed', 'completed', 'aborted', 'aborted']);
    expect(reports[2]).toMatchObject({
      reason: 'its model cannot be evaluated: expected a number from 0 to 1, found NaN; ann took part',
    });
    expect(reports[3]).toHaveProperty('evaluation');
    expect(result!['student']).toEqual(reports[1]!.parameters);
  });

  it('stops a study that has no other model', async () => {
    const trains = handMade(changeBy(1, 1));
    const coordinator: Participant = (task, signal) =>
      task.kind === 'evaluate' ? Promise.reject(new RangeError('found NaN')) : trains(task, signal);
    const { error } = await run(studyOf([teacher]), { coordinator });
    expect(String(error)).toBe('StudyStopped: Stage "teacher", round 1: its model cannot be evaluated: found NaN');
  });
});

describe('a study as a whole', () => {
  it('gives the same parameters in every run', async () => {
    const study = studyOf([teacher, { ...student, rounds: 3 }, fineTune]);
    const clients = { ann: handMade(changeBy(0.1, 7)), ben: handMade(changeBy(0.3, 11)) };
    expect((await run(study, { clients })).result).toEqual((await run(study, { clients })).result);
  });

  it('ends with the reason of the abort, wherever it is', async () => {
    const stop = new AbortController();
    const ann = handMade((task) => {
      stop.abort(new Error('interrupted'));
      return changeBy(1, 1)(task);
    });
    const { reports, error } = await run(studyOf([teacher, student]), { clients: { ann }, signal: stop.signal });
    expect(reports.map(({ stage }) => stage)).toEqual(['teacher']);
    expect(error).toEqual(new Error('interrupted'));
  });
});
