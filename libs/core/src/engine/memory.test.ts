import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { takeRanges } from '../math/ranges.js';
import { layoutOf, partRanges } from '../model/parameters/layout.js';
import { parseStudy } from '../study/parse-study.js';
import { networkOf, stagePlans } from '../study/plans/stage-plans.js';
import type { Study } from '../study/study.js';
import { useBackend } from '../testing/backends.js';
import { fail } from '../testing/hand-made.js';
import { threeKinds } from '../testing/windows.js';
import { memoryInRam, type ClientMemory } from '../train/memory/client-memory.js';
import { createParticipant } from '../train/participant.js';
import type { Participant, Task, TrainTask } from '../train/task.js';
import type { Checkpoint, RoundReport } from './round-report.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import { recordedCohorts, type RecordedCohorts } from './replay/recorded-cohorts.js';
import { runStudy } from './run-study.js';

const names = ['ann', 'ben', 'cid'] as const;

function studyOf(changes: object): Study {
  const sgd = { batch: 8, optimizer: { kind: 'sgd', learningRate: 0.05 } };
  const stage = { name: 'student', where: 'clients', objective: 'supervised', rounds: 4, steps: 3, ...sgd };
  return parseStudy({
    name: 'memory',
    activities: ['slow', 'fast', 'none'],
    sensors: { channels: ['x', 'y'], rateHz: 1, window: 24, step: 24, normalisation: 'site' },
    model: { convolutions: [{ filters: 4, kernel: 5 }], headUnits: { activity: 6, transformation: 4 } },
    people: { test: ['t'], labelled: ['l'], clients: names },
    stages: [{ ...stage, cohort: { quorum: 2, minimum: 3 }, ...changes }],
  });
}

type Memories = ReadonlyMap<string, ClientMemory>;

function newMemories(): Memories {
  return new Map(names.map((name) => [name, memoryInRam()]));
}

interface Disturbance {
  readonly resume?: Checkpoint;
  readonly cohorts?: RecordedCohorts;
  /** Reports after which the process is gone. */
  readonly rounds?: number;
  /** Sees each task of a client, and may fail it. */
  readonly onTask?: (client: string, task: TrainTask) => void;
}

/** Clients that train on windows of their own; ben fails in round 2, and ann and ben in round 3, which is aborted. */
function clientsOf(study: Study, memories: Memories, { onTask }: Disturbance): ReadonlyMap<string, Participant> {
  const failing: Readonly<Record<string, readonly number[]>> = { ann: [3], ben: [2, 3] };
  return new Map(
    names.map((client) => {
      const data = { labelled: threeKinds(12, createRng(client), 'labelled') };
      const memory = memories.get(client)!;
      const participant = createParticipant({ client, seed: study.seed, stages: stagePlans(study), data, memory });
      const answer: Participant = async (task, signal) => {
        const asked: Task = task;
        if (asked.kind === 'train') {
          onTask?.(client, asked);
        }
        const reply = await participant(task, signal);
        // It has answered, as far as it knows, and the answer is lost.
        return failing[client]?.includes(task.round) ? fail() : reply;
      };
      return [client, answer];
    }),
  );
}

async function run(study: Study, memories: Memories, disturbance: Disturbance = {}): Promise<readonly RoundReport[]> {
  const { resume, cohorts, rounds = Infinity } = disturbance;
  const reports: RoundReport[] = [];
  const context = {
    fleet: inMemoryFleet(clientsOf(study, memories, disturbance)),
    coordinator: createParticipant({
      client: 'coordinator',
      seed: study.seed,
      stages: stagePlans(study),
      data: { test: threeKinds(9, createRng('test'), 'labelled') },
    }),
    resume,
    cohorts,
    signal: new AbortController().signal,
  };
  for await (const report of runStudy(study, context)) {
    reports.push(report);
    if (reports.length >= rounds) {
      break;
    }
  }
  return reports;
}

const feedback = { compress: { kind: 'top-k', share: 0.1, feedback: true } };

beforeAll(() => useBackend('wasm'));

describe.each([
  ['SCAFFOLD', { strategy: 'scaffold' }],
  ['error feedback', feedback],
  ['error feedback on what is shared', { ...feedback, personal: ['activity'], strategy: 'fed-adam' }],
  ['FedRep', { personal: ['activity'], personalSteps: 2, strategy: 'fed-avg-m' }],
])('a study with %s', (_, changes) => {
  const study = studyOf(changes);

  it('tells each client from which of its answers it goes on', async () => {
    const told: (readonly [string, number, number | undefined])[] = [];
    const reports = await run(study, newMemories(), {
      onTask: (client, { round, since }) => {
        told.push([client, round, since]);
      },
    });
    expect(reports.map(({ phase }) => phase)).toEqual(['completed', 'completed', 'aborted', 'completed']);
    expect(told.filter(([client]) => client === 'ann').map(([, , since]) => since)).toEqual([0, 1, 2, 2]);
    expect(told.filter(([client]) => client === 'ben').map(([, , since]) => since)).toEqual([0, 1, 1, 1]);
    expect(told.filter(([client]) => client === 'cid').map(([, , since]) => since)).toEqual([0, 1, 2, 2]);
  });

  it('comes to the same bits wherever its coordinator is killed, whatever the clients have done since', async () => {
    const undisturbed = await run(study, newMemories());
    // The process had conducted more rounds than were saved; two where the state of the newest was damaged.
    for (const [saved, conducted] of [
      [0, 1],
      [1, 3],
      [2, 4],
      [3, 4],
    ] as const) {
      const memories = newMemories();
      const before = await run(study, memories, { rounds: conducted });
      const resume = before[saved - 1]?.checkpoint;
      const after = await run(study, memories, resume && { resume: structuredClone(resume) });
      expect(after).toEqual(undisturbed.slice(saved));
    }
  });

  it('repeats the rounds of another run, from the answers that counted in it', async () => {
    const first = await run(study, newMemories());
    const again = await run(study, newMemories(), { cohorts: recordedCohorts(first.slice(0, 2)), rounds: 2 });
    expect(again.map(({ parameters }) => parameters)).toEqual(first.slice(0, 2).map(({ parameters }) => parameters));
  });

  it('goes on where a client has lost its memory, and says so', async () => {
    const [first, second] = await run(study, newMemories());
    const reports = await run(study, newMemories(), { resume: first!.checkpoint, rounds: 1 });
    const [ann, ben] = reports[0]!.clients;
    expect(ann).toHaveProperty('summary.lost', 'missing');
    expect(ben).toHaveProperty('outcome', 'failed');
    expect(reports[0]!.parameters).not.toEqual(second!.parameters);
  });
});

describe('a study whose activity head is personal', () => {
  const study = studyOf({ personal: ['activity'] });
  const ranges = partRanges(layoutOf(networkOf(study, 'student')), ['activity']);

  it('leaves the head of the global model as it was, and does not evaluate it', async () => {
    const sizes: number[] = [];
    const reports = await run(study, newMemories(), { onTask: (_, { parameters }) => sizes.push(parameters.length) });
    const [first, last] = [reports[0]!, reports.at(-1)!];
    expect(takeRanges(last.parameters, ranges.named)).toEqual(takeRanges(first.parameters, ranges.named));
    expect(takeRanges(last.parameters, ranges.others)).not.toEqual(takeRanges(first.parameters, ranges.others));
    expect(reports.every((report) => report.evaluation === undefined)).toBe(true);
    expect(new Set(sizes)).toEqual(new Set([first.parameters.length]));
  });
});

describe('a study whose clients keep nothing', () => {
  it('says nothing of earlier rounds', async () => {
    const tasks: TrainTask[] = [];
    const [report] = await run(studyOf({}), newMemories(), { rounds: 1, onTask: (_, task) => tasks.push(task) });
    expect(tasks.map((task) => Object.keys(task))).toEqual(tasks.map(() => ['kind', 'stage', 'round', 'parameters']));
    expect(report!.checkpoint.carried).not.toHaveProperty('counted');
    expect(report).toHaveProperty('evaluation');
  });
});
