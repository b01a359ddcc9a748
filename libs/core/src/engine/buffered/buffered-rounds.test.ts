import { describe, expect, it } from 'vitest';
import { StudyStopped } from '../../errors.js';
import { parseStudy } from '../../study/parse-study.js';
import type { Study } from '../../study/study.js';
import { gatedClients, type GatedClients } from '../../testing/gated-clients.js';
import { handTimer } from '../../testing/hand-timer.js';
import { abstain, changeBy, handMade } from '../../testing/hand-made.js';
import { minimalStudy, tiny } from '../../testing/studies.js';
import type { ClientId, Fleet } from '../fleet/fleet.js';
import { inMemoryFleet } from '../fleet/in-memory-fleet.js';
import type { RoundReport } from '../round-report.js';
import { runStudy } from '../run-study.js';
import type { StudyResult } from '../starting-point.js';
import type { Timer } from '../timer.js';

const stage = { name: 'student', where: 'clients', objective: 'supervised', epochs: 1 };

function studyOf(rounds: number, buffer: object, changes: object = {}): Study {
  const people = { test: ['t'], labelled: ['l'] };
  return parseStudy({ ...minimalStudy, ...tiny, people, stages: [{ ...stage, rounds, buffer, ...changes }] });
}

type Running = AsyncGenerator<RoundReport, StudyResult>;

function start(study: Study, fleet: Fleet, signal: AbortSignal = new AbortController().signal, timer?: Timer): Running {
  return runStudy(study, { fleet, coordinator: handMade(changeBy(0.5, 2)), signal, ...(timer && { timer }) });
}

/** The next round, to whose buffer the clients answer one after the other. */
async function roundOf(
  running: Running,
  clients: GatedClients,
  ...answers: readonly (readonly [ClientId, number, number?])[]
): Promise<RoundReport> {
  const next = running.next();
  for (const [client, change, examples] of answers) {
    await clients.answer(client, change, examples);
  }
  return (await next).value as RoundReport;
}

/** Lets everything happen that waits for nothing else. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a stage with a buffer', () => {
  it('steps after so many updates, each of the model it began from, old ones discounted', async () => {
    const clients = gatedClients('ann', 'ben', 'cid');
    const running = start(studyOf(2, { size: 2, concurrency: 3, stalenessExponent: 1 }), clients.fleet);
    const first = roundOf(running, clients, ['ann', 0.5, 1], ['ben', -0.25, 3]);
    const { parameters: initial } = await clients.task('cid');
    // (1 x 0.5 - 3 x 0.25) / 4 = -0.0625
    const afterOne = initial.map((value) => value - 0.0625);
    expect((await first).parameters).toEqual(afterOne);
    const second = running.next();
    expect(await clients.task('ann')).toMatchObject({ round: 2, parameters: afterOne });
    expect(await clients.task('cid')).toMatchObject({ round: 1, parameters: initial });
    await clients.answer('cid', 0.5, 2);
    await clients.answer('ann', 0.25, 2);
    const report = (await second).value as RoundReport;
    // (2 x 0.5 / (1 + 1) + 2 x 0.25) / (2 + 2) = 0.25
    expect(report.parameters).toEqual(afterOne.map((value) => value + 0.25));
    expect(report).toMatchObject({ phase: 'completed', round: 2, rounds: 2 });
    expect(report.clients).toEqual([
      { client: 'ann', outcome: 'answered', examples: 2, staleness: 0, summary: { windows: 2, loss: 1 } },
      { client: 'ben', outcome: 'surplus', reason: 'the last round of the stage ended before it' },
      { client: 'cid', outcome: 'answered', examples: 2, staleness: 1, summary: { windows: 2, loss: 1 } },
    ]);
    expect(clients.inProgress()).toEqual([]);
    expect((await running.next()).done).toBe(true);
  });

  it('keeps so many clients at work, never more, and asks nobody twice in a round', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const clients = gatedClients(...names);
    const running = start(studyOf(5, { size: 3, concurrency: 3 }), clients.fleet);
    for (let round = 1; round <= 5; round++) {
      const next = running.next();
      const answered = new Set<ClientId>();
      for (let update = 0; update < 3; update++) {
        await settle();
        expect(clients.inProgress()).toHaveLength(3);
        const client = clients.inProgress().at(-1)!;
        expect(answered).not.toContain(client);
        answered.add(client);
        await clients.answer(client, 0.1);
      }
      expect((await next).value).toMatchObject({ phase: 'completed', round });
    }
  });

  it('is not held up by a slow client, and cancels it when its update could not count any more', async () => {
    const clients = gatedClients('ann', 'ben', 'slow');
    const study = studyOf(4, { size: 2, concurrency: 3, maxStaleness: 1 });
    const running = start(study, clients.fleet);
    const one = await roundOf(running, clients, ['ann', 1], ['ben', 1]);
    expect(one.clients.map(({ client }) => client)).toEqual(['ann', 'ben']);
    const two = await roundOf(running, clients, ['ann', 1], ['ben', 1]);
    const late = { client: 'slow', outcome: 'late', reason: 'at work since round 1, more than 1 rounds' };
    expect(two.clients.at(-1)).toEqual(late);
    expect(clients.inProgress()).not.toContain('slow');
    const third = running.next();
    expect(await clients.task('slow')).toMatchObject({ round: 3 });
    await clients.answer('slow', 1);
    await clients.answer('ben', 1);
    expect(((await third).value as RoundReport).clients.map(({ outcome }) => outcome)).toEqual([
      'answered',
      'answered',
    ]);
    await running.return({});
    expect(clients.inProgress()).toEqual([]);
  });

  it('takes a client for failed that gives no answer in time, tells it to stop, and asks it again', async () => {
    const clients = gatedClients('ann', 'hung');
    const timer = handTimer();
    const study = studyOf(2, { size: 1, concurrency: 2, deadline: 30 });
    const running = start(study, clients.fleet, undefined, timer);
    const first = running.next();
    await clients.task('hung');
    expect(timer.pending()).toEqual([30, 30]);
    await clients.answer('ann', 0.5);
    expect(((await first).value as RoundReport).clients.map(({ client }) => client)).toEqual(['ann']);
    const second = running.next();
    await clients.task('ann');
    expect(timer.pending()).toEqual([30, 30]); // that of the hung one goes on over rounds
    timer.fire();
    await settle();
    expect(clients.inProgress()).toEqual([]);
    const report = (await second).value as RoundReport;
    expect(report).toMatchObject({ phase: 'aborted', round: 2 });
    expect(report.clients).toEqual([
      { client: 'ann', outcome: 'failed', reason: 'no answer within 30 s' },
      { client: 'hung', outcome: 'failed', reason: 'no answer within 30 s' },
    ]);
  });

  it('gives the place of a client that is over its time to another', async () => {
    const clients = gatedClients('ann');
    const timer = handTimer();
    const running = start(studyOf(2, { size: 1, concurrency: 1, deadline: 0.5 }), clients.fleet, undefined, timer);
    const first = running.next();
    await clients.task('ann');
    clients.come('ben');
    timer.fire();
    await clients.answer('ben', 1);
    expect(((await first).value as RoundReport).clients).toMatchObject([
      { client: 'ann', outcome: 'failed' },
      { client: 'ben', outcome: 'answered' },
    ]);
    await running.return({});
    expect(timer.pending()).toEqual([]);
  });

  it('waits for ever without a deadline', async () => {
    const clients = gatedClients('ann');
    const timer = handTimer();
    const next = start(studyOf(1, { size: 1, concurrency: 1 }), clients.fleet, undefined, timer).next();
    await clients.task('ann');
    expect(timer.pending()).toEqual([]);
    await clients.answer('ann', 1);
    expect((await next).value).toMatchObject({ phase: 'completed' });
  });

  it('replaces clients that fail, and asks those who come', async () => {
    const clients = gatedClients('ann', 'ben');
    const running = start(studyOf(1, { size: 2, concurrency: 2 }), clients.fleet);
    const next = running.next();
    await clients.task('ben');
    clients.come('cid');
    await settle();
    expect(clients.inProgress()).toEqual(['ann', 'ben']);
    await clients.fail('ann');
    expect(await clients.task('cid')).toMatchObject({ round: 1 });
    await clients.answer('ben', 1);
    await clients.answer('cid', 1);
    const { phase, clients: outcomes } = (await next).value as RoundReport;
    expect(phase).toBe('completed');
    expect(outcomes[0]).toEqual({ client: 'ann', outcome: 'failed', reason: 'its battery is empty' });
  });

  it('puts a client to work that comes while others are at work', async () => {
    const clients = gatedClients('ann');
    const running = start(studyOf(1, { size: 1, concurrency: 2 }), clients.fleet);
    const next = running.next();
    await clients.task('ann');
    clients.come('ben');
    await clients.answer('ben', 1);
    expect((await next).value).toMatchObject({ phase: 'completed' });
  });

  it('waits for more clients where too few are left to fill it', async () => {
    const clients = gatedClients('ann', 'ben');
    const running = start(studyOf(1, { size: 2, concurrency: 2 }), clients.fleet);
    const next = running.next();
    await clients.answer('ann', 1);
    clients.go('ben');
    await clients.fail('ben');
    await settle();
    clients.come('cid');
    await clients.answer('cid', 1);
    expect((await next).value).toMatchObject({ phase: 'completed' });
  });

  it('is aborted where everybody was asked and too few have an update', async () => {
    const fleet = inMemoryFleet(
      new Map([
        ['ann', handMade(changeBy(1, 1))],
        ['ben', handMade(abstain)],
        ['cid', handMade(abstain)],
      ]),
    );
    const running = start(studyOf(2, { size: 2, concurrency: 2 }), fleet);
    const first = (await running.next()).value as RoundReport;
    expect(first).toMatchObject({
      phase: 'aborted',
      reason: '1 of 3 answered, where 2 must (ben abstained: it has no windows; cid abstained: it has no windows)',
    });
    expect((await running.next()).value).toMatchObject({ phase: 'aborted', parameters: first.parameters });
    await expect(running.next()).rejects.toThrow(StudyStopped);
  });

  it('refuses an update of another round than the one it was asked in', async () => {
    const wrong = handMade((task) => ({ ...changeBy(1, 1)(task), round: task.round + 1 }));
    const fleet = inMemoryFleet(new Map([['ann', handMade(changeBy(1, 1))], ['ben', wrong]])); // prettier-ignore
    const { value } = await start(studyOf(1, { size: 2, concurrency: 2 }), fleet).next();
    expect((value as RoundReport).clients[1]).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('expected an answer to stage "student", round 1, found one to stage'),
    });
  });

  it('lets the coordinator train after each round, where the stage says so', async () => {
    const clients = gatedClients('ann', 'ben');
    const running = start(studyOf(1, { size: 1, concurrency: 1 }, { after: { steps: 1 } }), clients.fleet);
    const next = running.next();
    await settle();
    const [client] = clients.inProgress();
    const { parameters } = await clients.task(client!);
    await clients.answer(client!, 0.25);
    const report = (await next).value as RoundReport;
    expect(report.after).toMatchObject({ client: 'coordinator', outcome: 'answered' });
    expect(report.parameters).toEqual(parameters.map((value) => value + 0.25 + 0.5));
  });

  it('stops everybody and rejects with the reason when the signal aborts', async () => {
    const clients = gatedClients('ann', 'ben');
    const stop = new AbortController();
    const running = start(studyOf(2, { size: 2, concurrency: 2 }), clients.fleet, stop.signal);
    const next = running.next();
    await clients.task('ben');
    stop.abort(new Error('interrupted'));
    await expect(next).rejects.toThrow('interrupted');
    expect(clients.inProgress()).toEqual([]);
  });
});
