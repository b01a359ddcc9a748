import { joinStudy, lowestFloors } from '@gaitway/client';
import {
  createRng,
  inMemoryFleet,
  parseStudy,
  runStudy,
  studyDigest,
  type Participant,
  type RoundReport,
  type StudyContext,
} from '@gaitway/core';
import { recordedCohorts } from '@gaitway/core/engine';
import { handMade } from '@gaitway/core/testing/hand-made';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { serveStudy, type StudyService } from '@gaitway/coordinator';
import { describe, expect, it, onTestFinished } from 'vitest';

const study = parseStudy({
  ...minimalStudy,
  ...tiny,
  people: { test: ['t'], labelled: ['l'] },
  stages: [
    {
      name: 'student',
      where: 'clients',
      objective: 'supervised',
      epochs: 1,
      rounds: 4,
      buffer: { size: 2, concurrency: 3 },
    },
  ],
});

/** A client whose answers depend on its name, its task and the parameters in it. */
function learner(client: string, held: Promise<void> = Promise.resolve()): Participant {
  return handMade(async ({ stage, round, parameters }) => {
    await held;
    const rng = createRng(client).fork(stage, round);
    const examples = 1 + rng.integer(50);
    const delta = parameters.map((value) => 0.1 * (rng.uniform() - value));
    return { kind: 'train', stage, round, delta, examples, summary: { windows: examples, loss: rng.uniform() } };
  });
}

async function openService(): Promise<StudyService> {
  const digest = await studyDigest(study);
  const where = { host: '127.0.0.1', port: 0 };
  const service = await serveStudy({
    study,
    studyDigest: digest,
    normalisation: null,
    ...where,
    onEvent: () => undefined,
  });
  onTestFinished(() => service[Symbol.asyncDispose]());
  return service;
}

function join(url: string, client: string, participant: Participant): void {
  const stop = new AbortController();
  const prepare = () => Promise.resolve({ participant, [Symbol.asyncDispose]: () => Promise.resolve() });
  const ending = joinStudy({
    url,
    client,
    policy: lowestFloors,
    prepare,
    signal: stop.signal,
    onEvent: () => undefined,
  });
  ending.catch(() => undefined); // One that leaves is not asked how it ended.
  onTestFinished(() => {
    stop.abort(new Error('it leaves'));
  });
}

function running(context: Pick<StudyContext, 'fleet' | 'cohorts'>): AsyncGenerator<RoundReport, unknown> {
  return runStudy(study, { ...context, coordinator: learner('coordinator'), signal: new AbortController().signal });
}

describe('a buffer over sockets', () => {
  it('is not held up by a slow client, counts its update late, and its record gives the same bits again', async () => {
    const { url, fleet } = await openService();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    ['ann', 'ben', 'slow'].forEach((client) => {
      join(url, client, learner(client, client === 'slow' ? gate : undefined));
    });
    await fleet.waitForClients(3, new AbortController().signal);
    const reports: RoundReport[] = [];
    for await (const report of running({ fleet })) {
      reports.push(report);
      if (report.round === 2) {
        // From now on its update counts, or the last round ends before it arrives.
        expect(report.clients.map(({ client }) => client)).toEqual(['ann', 'ben']);
        open();
      }
    }
    expect(reports.map(({ phase }) => phase)).toEqual(Array(4).fill('completed'));
    const late = reports.flatMap(({ clients }) => clients.filter(({ client }) => client === 'slow'));
    expect(late.length).toBeGreaterThan(0);
    const names = ['ann', 'ben', 'slow'];
    const replayed: RoundReport[] = [];
    const again = inMemoryFleet(new Map(names.map((client) => [client, learner(client)])));
    for await (const report of running({ fleet: again, cohorts: recordedCohorts(reports) })) {
      replayed.push(report);
    }
    expect(replayed.map(({ parameters }) => parameters)).toEqual(reports.map(({ parameters }) => parameters));
  });
});
