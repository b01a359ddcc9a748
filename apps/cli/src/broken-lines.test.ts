import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { joinStudy, type ClientEvent } from '@gaitway/client';
import { serveStudy, type StudyService } from '@gaitway/coordinator';
import { parseStudy, studyDigest, type Participant, type ReplyTo, type TrainTask } from '@gaitway/core';
import { contractParticipant } from '@gaitway/core/testing/contract-participant';
import { minimalStudy, student, teacher } from '@gaitway/core/testing/studies';
import { describe, expect, it, onTestFinished } from 'vitest';

const PARAMETERS = 386_506;
const never = new AbortController().signal;
const study = parseStudy({ ...minimalStudy, stages: [teacher, { ...student, rounds: 1 }] });

async function openService(): Promise<StudyService> {
  const service = await serveStudy({
    study,
    studyDigest: await studyDigest(study),
    normalisation: null,
    host: '127.0.0.1',
    port: 0,
    onEvent: () => undefined,
  });
  onTestFinished(() => service[Symbol.asyncDispose]());
  return service;
}

function join(url: string, participant: Participant): readonly ClientEvent[] {
  const events: ClientEvent[] = [];
  const stop = new AbortController();
  const joined = joinStudy({
    url,
    client: 'ann',
    prepare: () => Promise.resolve({ participant, [Symbol.asyncDispose]: () => Promise.resolve() }),
    signal: stop.signal,
    onEvent: (event) => events.push(event),
  }).catch(() => undefined);
  onTestFinished(async () => {
    stop.abort(new Error('the test is over'));
    await joined;
  });
  return events;
}

interface Line {
  readonly url: string;
  /** Bytes that went over, and connections that broke. */
  counts(): { readonly up: number; readonly down: number; readonly cuts: number };
}

/** What happens to bytes on the way; undefined breaks the connection. `passed` counts those of this connection before. */
type Fate = (chunk: Buffer, direction: 'up' | 'down', passed: number) => Buffer | undefined;

/** A way to the coordinator on which something happens to bytes. */
async function lineTo(url: string, fate: Fate): Promise<Line> {
  const counts = { up: 0, down: 0, cuts: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    const passed = { up: 0, down: 0 };
    const cut = (): void => {
      near.destroy();
      far.destroy();
    };
    const carry = (from: Socket, to: Socket, direction: 'up' | 'down'): void => {
      sockets.add(from);
      from.on('data', (chunk) => {
        const left = fate(chunk, direction, passed[direction]);
        if (!left) {
          counts.cuts++;
          cut();
          return;
        }
        passed[direction] += chunk.length;
        counts[direction] += chunk.length;
        to.write(left);
      });
      from.on('error', cut);
      from.on('close', cut);
    };
    carry(near, far, 'up');
    carry(far, near, 'down');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, counts: () => counts };
}

function taskOf(round: number): TrainTask {
  const parameters = Float32Array.from({ length: PARAMETERS }, (_, index) => Math.sin(index + round));
  return { kind: 'train', stage: 'echo', round, parameters };
}

/** The parameters came back bit by bit. A matcher would take a second for each. */
function expectEcho(reply: ReplyTo<TrainTask>, { round, parameters }: TrainTask): void {
  if (reply.kind !== 'train' || !(reply.delta instanceof Float32Array)) {
    throw new Error(`expected an update, found ${reply.kind}`);
  }
  expect(reply.round).toBe(round);
  expect(Buffer.compare(Buffer.from(reply.delta.buffer), Buffer.from(parameters.buffer))).toBe(0);
}

async function metric(url: string, sample: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${sample} `));
  return Number(line?.slice(sample.length) ?? 0);
}

/**
 * Somewhere between the beginnings of WebSocket frames: a changed bit in one of their lengths is found too, but only by
 * a heartbeat that does not come.
 */
function insideFrame(chunk: Buffer): number | undefined {
  const isBeginning = (place: number): boolean => chunk[place] === 0x82 && (chunk[place + 1]! & 0x7f) === 0x7e;
  for (let place = chunk.length - 40; place > 40; place -= 40) {
    if (!Array.from({ length: 80 }, (_, index) => place - 40 + index).some(isBeginning)) {
      return place;
    }
  }
  return undefined;
}

describe('a client on a line that breaks', () => {
  it('gets over a task and its answer that are larger than any connection carries, and no part twice', async () => {
    const service = await openService();
    const line = await lineTo(service.url, (chunk, _, passed) => (passed > 600_000 ? undefined : chunk));
    const events = join(line.url, contractParticipant);
    await service.fleet.gather(1, never);
    const task = taskOf(1);
    const reply = await service.fleet.ask('ann', task, never);
    expectEcho(reply, task);
    const { up, down, cuts } = line.counts();
    expect(cuts).toBeGreaterThanOrEqual(4);
    // What was on its way when the connection broke is sent again: at most four parts, and what comes before a task.
    const most = 4 * PARAMETERS + (cuts + 1) * 160_000;
    expect(up).toBeLessThan(most);
    expect(down).toBeLessThan(most);
    expect(await metric(service.url, 'gaitway_uploads_resumed_total')).toBeGreaterThanOrEqual(2);
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(0);
    expect(events).toContainEqual({ kind: 'transfer', direction: 'up', bytes: 1_546_142, total: 1_546_142 });
  });

  it('answers with the same bits when bits change on the way, in either direction', async () => {
    const service = await openService();
    let harm = 0;
    const line = await lineTo(service.url, (chunk, direction, passed) => {
      const place = insideFrame(chunk);
      if (passed > 100_000 && place !== undefined && harm < 3 && direction === (harm % 2 === 0 ? 'down' : 'up')) {
        harm++;
        chunk[place]! ^= 1 << harm;
      }
      return chunk;
    });
    join(line.url, contractParticipant);
    await service.fleet.gather(1, never);
    for (const round of [1, 2]) {
      const task = taskOf(round);
      expectEcho(await service.fleet.ask('ann', task, never), task);
    }
    expect(harm).toBe(3);
    expect(await metric(service.url, 'gaitway_clients_left_total{cause="damaged"}')).toBeGreaterThanOrEqual(1);
  });
});
