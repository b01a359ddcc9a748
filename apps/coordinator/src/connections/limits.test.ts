import { parseStudy, runStudy, type RoundReport, type TrainTask } from '@gaitway/core';
import { changeBy, handMade } from '@gaitway/core/testing/hand-made';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { socketParser } from '@gaitway/protocol';
import { openFaultProxy } from '@gaitway/faults';
import { connect } from 'node:net';
import { once } from 'node:events';
import timers from 'node:timers';
import { io } from 'socket.io-client';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connectBare, joinBare, type BareClient } from '../testing/bare-client.js';
import { manualClock } from '../testing/manual-clock.js';
import { openService, smallStudy, type ServiceUnderTest } from '../testing/open-service.js';

const never = new AbortController().signal;
const task: TrainTask = { kind: 'train', stage: 'student', round: 1, parameters: Float32Array.of(1, -2) };

/** Opens a WebSocket. */
const upgrade = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  '\r\n',
].join('\r\n');

async function answer(client: BareClient): Promise<void> {
  const { id } = await client.hear('task');
  const { stage, round, parameters: delta } = task;
  client.say({
    kind: 'answer',
    id,
    reply: { kind: 'train', stage, round, delta, examples: 1, summary: { windows: 1, loss: 1 } },
  });
}

/** The round of the others goes on. */
async function expectAnnAnswers({ fleet }: ServiceUnderTest, ann: BareClient): Promise<void> {
  const asking = fleet.ask('ann', task, never);
  await answer(ann);
  expect((await asking).kind).toBe('train');
}

async function metric(url: string, sample: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${sample} `));
  return Number(line?.slice(sample.length) ?? 0);
}

/** What a connection that is not let in hears. */
async function turnedAway(url: string): Promise<unknown> {
  const socket = io(url, { forceNew: true, reconnection: false, transports: ['websocket'], parser: socketParser });
  onTestFinished(() => {
    socket.disconnect();
  });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      reject(new Error('it was let in'));
    });
    socket.once('connect_error', resolve);
  });
}

/** From now on timers ring when the test says so: socket.io asks no other clock for its heartbeats. */
function stopTimers(): void {
  const handOver = (): void => {
    Object.assign(timers, { setTimeout, clearTimeout }); // where socket.io looks for them
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  handOver();
  onTestFinished(() => {
    vi.useRealTimers();
    handOver();
  });
}

describe('a client that', () => {
  it('floods is refused, and answers that are asked for cost nothing', async () => {
    const service = await openService(smallStudy, { messages: { atOnce: 4, perSecond: 0.001 } });
    const ann = await joinBare(service.url, smallStudy, 'ann');
    for (let round = 0; round < 6; round++) {
      await expectAnnAnswers(service, ann);
    }
    const mal = await joinBare(service.url, smallStudy, 'mal');
    for (let id = 1; id <= 1_000; id++) {
      mal.say({ kind: 'failure', id, reason: 'flood' });
    }
    expect((await mal.hear('refusal')).reason).toContain('exceeded the limit of 4 unsolicited messages');
    await mal.gone;
    await expectAnnAnswers(service, ann);
    expect(await metric(service.url, 'gaitway_answers_total{outcome="unsolicited"}')).toBe(2);
    expect(await metric(service.url, 'gaitway_answers_total{outcome="accepted"}')).toBe(7);
    expect(await metric(service.url, 'gaitway_refusals_total{reason="flood"}')).toBe(1);
    expect(service.fleet.available()).toEqual(['ann']);
  });

  it('is silent is gone, though its connection never ended', async () => {
    stopTimers();
    const service = await openService(smallStudy, { heartbeatSeconds: 25 });
    let fallSilent = (): void => undefined;
    const silent = new Promise<void>((resolve) => (fallSilent = resolve));
    await using proxy = await openFaultProxy({
      target: Number(new URL(service.url).port),
      faults: [{ connection: 1, direction: 'up', at: 4_000, kind: 'silence' }],
      onFault: fallSilent,
    });
    const ann = await joinBare(`http://127.0.0.1:${proxy.port}`, smallStudy, 'ann');
    for (let id = 1; id <= 30; id++) {
      ann.say({ kind: 'failure', id, reason: 'long '.repeat(50) });
    }
    await silent;
    vi.advanceTimersByTime(44_999);
    expect(service.fleet.available()).toEqual(['ann']);
    vi.advanceTimersByTime(1); // after 25 seconds it was asked for a sign of life, and had 20 to give it
    expect(await service.event('left')).toMatchObject({ client: 'ann', reason: 'it no longer answers' });
    expect(await metric(service.url, 'gaitway_clients_left_total{cause="silent"}')).toBe(1);
    expect(service.fleet.available()).toEqual([]);
  });

  it('says nothing is told to come back, and so is one that never joins', async () => {
    const clock = manualClock();
    const service = await openService(smallStudy, { helloSeconds: 10, joinSeconds: 60 }, clock);
    const refusals = (reason: string) => metric(service.url, `gaitway_refusals_total{reason="${reason}"}`);
    const silent = await connectBare(service.url);
    const slow = await connectBare(service.url);
    await slow.introduce('slow');
    await slow.hear('welcome');
    clock.advance(9.9);
    expect(await refusals('no-hello')).toBe(0);
    clock.advance(0.1);
    expect((await silent.hear('goodbye')).reason).toBe('no hello came within 10 seconds');
    clock.advance(49.9);
    expect(await refusals('no-join')).toBe(0);
    clock.advance(0.1);
    expect(await slow.hear('goodbye')).toMatchObject({
      reason: 'no join came within 60 seconds',
      finished: false,
      retryAfterSeconds: 30,
    });
    await Promise.all([silent.gone, slow.gone]);
    expect([await refusals('no-hello'), await refusals('no-join')]).toEqual([1, 1]);
  });

  it.each([
    ['opens a connection and says no more', Buffer.alloc(0), 'no-hello', 0.1],
    ['speaks another language', Buffer.from([0x82, 0x83, 0, 0, 0, 0, 7, 7, 7]), 'damaged', 3_600],
  ])('%s is cut off, and counted', async (_, packet, reason, helloSeconds) => {
    const service = await openService(smallStudy, { helloSeconds });
    const raw = connect(Number(new URL(service.url).port), '127.0.0.1');
    onTestFinished(() => {
      raw.destroy();
    });
    raw.write(upgrade);
    await new Promise<void>((resolve) => {
      raw.on('data', (bytes) => {
        if (bytes.includes('"sid"')) {
          resolve(); // From now on it is listened to.
        }
      });
    });
    raw.write(packet);
    while ((await metric(service.url, `gaitway_refusals_total{reason="${reason}"}`)) === 0) {
      // The coordinator has yet to reach its deadline.
    }
  });

  it('sends a huge message is disconnected at once', async () => {
    const service = await openService();
    const ann = await joinBare(service.url, smallStudy, 'ann');
    const mal = await joinBare(service.url, smallStudy, 'mal');
    const lost = service.fleet.ask('mal', task, never);
    mal.sendRaw(new Uint8Array(50_000_000));
    await expect(lost).rejects.toThrow('it sent more at once than any message may have');
    await expectAnnAnswers(service, ann);
    expect(await metric(service.url, 'gaitway_refusals_total{reason="too-large"}')).toBe(1);
    expect(await metric(service.url, 'gaitway_clients_left_total{cause="too-large"}')).toBe(1);
  });

  it('comes back too often is told to rest', async () => {
    const service = await openService(smallStudy, { hellos: { atOnce: 3, perSecond: 0.001 } });
    const ann = await joinBare(service.url, smallStudy, 'ann');
    for (let connection = 0; connection < 3; connection++) {
      await joinBare(service.url, smallStudy, 'mal');
    }
    const mal = await connectBare(service.url);
    await mal.introduce('mal');
    expect(await mal.hear('goodbye')).toMatchObject({ finished: false, retryAfterSeconds: 30 });
    await mal.gone;
    await expectAnnAnswers(service, ann);
    expect(await metric(service.url, 'gaitway_refusals_total{reason="returns-too-often"}')).toBe(1);
  });
});

/** Opens a connection, hears the first line of the answer where it says anything, and hangs up. */
async function dial(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(text);
  let heard = '';
  if (text !== '') {
    [heard] = (await once(socket.setEncoding('latin1'), 'data')) as [string];
  }
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
  return heard.split('\r\n', 1)[0]!;
}

describe('a client that comes back a hundred times on end', () => {
  it('with a hello each time is told to rest, and the round of the others goes on', async () => {
    const service = await openService(smallStudy, { hellos: { atOnce: 30, perSecond: 0.001 } });
    const ann = await joinBare(service.url, smallStudy, 'ann');
    const heard = { welcome: 0, goodbye: 0 };
    for (let connection = 1; connection <= 100; connection++) {
      const mal = await connectBare(service.url);
      await mal.introduce('mal');
      const kind = connection <= 30 ? 'welcome' : 'goodbye';
      await mal.hear(kind);
      heard[kind]++;
      mal.destroy();
      if (connection % 10 === 0) {
        await expectAnnAnswers(service, ann);
      }
    }
    expect(heard).toEqual({ welcome: 30, goodbye: 70 });
    expect(await metric(service.url, 'gaitway_refusals_total{reason="returns-too-often"}')).toBe(70);
    expect(await metric(service.url, 'gaitway_connections_opened_total')).toBe(101);
  });

  it('without a word is turned away before its session begins, whether it opens WebSockets or nothing', async () => {
    const service = await openService(smallStudy, { connectionsPerAddress: 30, newConnectionsPerSecond: 0.001 });
    const ann = await joinBare(service.url, smallStudy, 'ann');
    const answers: string[] = [];
    for (let connection = 1; connection <= 100; connection++) {
      await dial(service.url, '');
      answers.push(await dial(service.url, upgrade));
      if (connection % 10 === 0) {
        await expectAnnAnswers(service, ann);
      }
    }
    const letIn = answers.filter((line) => line === 'HTTP/1.1 101 Switching Protocols').length;
    expect(letIn).toBeGreaterThan(0);
    expect(letIn).toBeLessThan(30);
    expect(await metric(service.url, 'gaitway_connections_opened_total')).toBe(1 + letIn);
    const turned = ['connects-too-often', 'too-many-from-address'].map((reason) =>
      metric(service.url, `gaitway_refusals_total{reason="${reason}"}`),
    );
    const [often = 0, many = 0] = await Promise.all(turned);
    expect(often + many).toBe(100 - letIn);
    while ((await metric(service.url, 'gaitway_fallback_refusals_total{reason="no-request"}')) < 100) {
      // The coordinator has yet to see the last connections end.
    }
  });
});

describe('a client that lies about its windows', () => {
  const stage = { name: 'student', where: 'clients', objective: 'supervised', rounds: 1, steps: 1 };
  const cohort = { minimum: 2, quorum: 1 };
  const study = parseStudy({
    ...minimalStudy,
    ...tiny,
    people: { test: ['t'], labelled: ['l'] },
    stages: [{ ...stage, cohort }],
  });

  it.each([
    ['absurdly many', Number.MAX_SAFE_INTEGER, 1e-9, 'examples as a whole number from 1 to 10000000'],
    ['none', 0, 1, 'examples as a whole number from 1 to 10000000'],
    ['so many that its change outweighs all others', 1_000_000, 1000, 'examples x change of at most 134217728'],
  ])('fails in the round, and that of the others goes on: %s', async (_, examples, change, reason) => {
    const service = await openService(study);
    const reports: RoundReport[] = [];
    const conducting = (async () => {
      const coordinator = handMade(changeBy(1, 1));
      for await (const report of runStudy(study, { fleet: service.fleet, coordinator, signal: never })) {
        service.noteRound(report);
        reports.push(report);
      }
    })();
    const ann = await joinBare(service.url, study, 'ann');
    const mal = await joinBare(service.url, study, 'mal');
    const [toAnn, toMal] = [await ann.hearTask(), await mal.hearTask()];
    mal.say({ kind: 'answer', id: toMal.id, reply: changeBy(change, examples)(toMal.task as TrainTask) });
    ann.say({ kind: 'answer', id: toAnn.id, reply: changeBy(1, 1)(toAnn.task as TrainTask) });
    await conducting;
    expect(reports.map(({ phase, clients }) => [phase, ...clients])).toMatchObject([
      [
        'completed',
        { client: 'ann', outcome: 'answered' },
        { client: 'mal', outcome: 'failed', reason: expect.stringContaining(reason) },
      ],
    ]);
    expect(await metric(service.url, 'gaitway_round_clients_total{stage="student",outcome="failed"}')).toBe(1);
  });
});

describe('a connection is turned away', () => {
  it('when one address has too many whose clients have not joined, until one of them closes', async () => {
    const clock = manualClock();
    const service = await openService(smallStudy, { connectionsPerAddress: 2, newConnectionsPerSecond: 1 }, clock);
    const [first] = [await connectBare(service.url), await connectBare(service.url)];
    clock.advance(1);
    expect(await turnedAway(service.url)).toBeInstanceOf(Error);
    expect(await metric(service.url, 'gaitway_refusals_total{reason="too-many-from-address"}')).toBe(1);
    first.destroy();
    while ((await metric(service.url, 'gaitway_connections')) > 1) {
      // The coordinator has yet to see it go.
    }
    await joinBare(service.url, smallStudy, 'ann');
    expect(service.fleet.available()).toEqual(['ann']);
  });

  it('by what others behind its address do, not by how many of them have joined', async () => {
    const clock = manualClock();
    const service = await openService(smallStudy, { connectionsPerAddress: 3, newConnectionsPerSecond: 1 }, clock);
    for (let client = 0; client < 12; client++) {
      await joinBare(service.url, smallStudy, `ghost-${client}`);
      clock.advance(1);
    }
    const ann = await joinBare(service.url, smallStudy, 'ann');
    await expectAnnAnswers(service, ann);
    expect(await metric(service.url, 'gaitway_clients')).toBe(13);
  });

  it('by the address that a trusted proxy says it has, and by nothing that it says itself', async () => {
    const limits = { connectionsPerAddress: 1, newConnectionsPerSecond: 0.001 };
    const answers = async (trustedProxies: readonly string[]): Promise<readonly string[]> => {
      const { url } = await openService(smallStudy, { ...limits, trustedProxies });
      const from = (address: string): string => upgrade.replace('Host:', `X-Forwarded-For: ${address}\r\nHost:`);
      return [await dial(url, from('10.0.0.1')), await dial(url, from('10.0.0.1')), await dial(url, from('10.0.0.2'))];
    };
    const [isIn, isOut] = ['HTTP/1.1 101 Switching Protocols', 'HTTP/1.1 400 Bad Request'];
    expect(await answers(['127.0.0.1'])).toEqual([isIn, isOut, isIn]);
    expect(await answers([])).toEqual([isIn, isOut, isOut]);
  });

  it('when there are too many in all', async () => {
    const service = await openService(smallStudy, { connections: 1 });
    await joinBare(service.url, smallStudy, 'ann');
    await turnedAway(service.url);
    expect(await metric(service.url, 'gaitway_refusals_total{reason="too-many-connections"}')).toBe(1);
    expect(await metric(service.url, 'gaitway_connections')).toBe(1);
  });

  it('when its address connects again and again', async () => {
    const service = await openService(smallStudy, { connectionsPerAddress: 3, newConnectionsPerSecond: 0.001 });
    const ann = await joinBare(service.url, smallStudy, 'ann');
    for (let connection = 0; connection < 2; connection++) {
      (await joinBare(service.url, smallStudy, `mal-${connection}`)).destroy();
    }
    for (let connection = 0; connection < 20; connection++) {
      await turnedAway(service.url);
    }
    await expectAnnAnswers(service, ann);
    const reasons = ['connects-too-often', 'too-many-from-address'];
    const counts = await Promise.all(
      reasons.map((reason) => metric(service.url, `gaitway_refusals_total{reason="${reason}"}`)),
    );
    expect(counts.reduce((sum, count) => sum + count)).toBe(20);
  });

  it('by its session, however many requests it makes, and what speaks no HTTP counts for nothing', async () => {
    const service = await openService(smallStudy, { connections: 1, newConnectionsPerSecond: 0.001 });
    for (let attempt = 0; attempt < 3; attempt++) {
      expect((await fetch(`${service.url}/socket.io/?EIO=3&transport=polling`)).status).toBe(400);
    }
    const raw = connect(Number(new URL(service.url).port), '127.0.0.1');
    raw.write('no HTTP at all\r\n\r\n');
    raw.resume();
    await once(raw, 'close');
    await joinBare(service.url, smallStudy, 'ann');
  });
});
