import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { joinStudy, lowestFloors, type ClientEvent } from '@gaitway/client';
import type { Participant, ReplyTo, TrainTask } from '@gaitway/core';
import { contractParticipant } from '@gaitway/core/testing/contract-participant';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPublishedService } from './testing/published-service.js';

const PARAMETERS = 386_506;
const never = new AbortController().signal;

function join(url: string, participant: Participant, onEvent: (event: ClientEvent) => void = () => undefined): void {
  const stop = new AbortController();
  const joined = joinStudy({
    url,
    client: 'ann',
    policy: lowestFloors,
    prepare: () => Promise.resolve({ participant, [Symbol.asyncDispose]: () => Promise.resolve() }),
    signal: stop.signal,
    onEvent,
  }).catch(() => undefined);
  onTestFinished(async () => {
    stop.abort(new Error('the test is over'));
    await joined;
  });
}

interface Line {
  readonly url: string;
  /** Numbers of bytes that were forwarded, and of connections that were cut. */
  counts(): { readonly up: number; readonly down: number; readonly cuts: number };
}

/**
 * Transforms bytes on their way; undefined cuts the connection. `passed` is the number of earlier bytes of this
 * connection.
 */
type Fate = (chunk: Buffer, direction: 'up' | 'down', passed: number) => Buffer | undefined;

/** A proxy of the coordinator that transforms the bytes that pass through it. */
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

/** The parameters came back bit for bit. A matcher would take a second for each. */
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
 * A place away from the beginnings of WebSocket frames: a changed bit in the length of a frame is detected too, but
 * only by a missing heartbeat.
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
    const service = await openPublishedService();
    const line = await lineTo(service.url, (chunk, _, passed) => (passed > 600_000 ? undefined : chunk));
    const wholeAnswer = new Promise<ClientEvent>((resolve) => {
      join(line.url, contractParticipant, (event) => {
        if (event.kind === 'transfer' && event.direction === 'up' && event.bytes === event.total) {
          resolve(event);
        }
      });
    });
    await service.fleet.waitForClients(1, never);
    const task = taskOf(1);
    const reply = await service.fleet.ask('ann', task, never);
    expectEcho(reply, task);
    const { up, down, cuts } = line.counts();
    expect(cuts).toBeGreaterThanOrEqual(4);
    // What was on its way when the connection was cut is sent again: at most four parts, and what precedes a task.
    const most = 4 * PARAMETERS + (cuts + 1) * 160_000;
    expect(up).toBeLessThan(most);
    expect(down).toBeLessThan(most);
    expect(await metric(service.url, 'gaitway_uploads_resumed_total')).toBeGreaterThanOrEqual(2);
    expect(await metric(service.url, 'gaitway_upload_bytes')).toBe(0);
    // The coordinator has the answer before the client is told so.
    expect(await wholeAnswer).toMatchObject({ bytes: 1_546_142, total: 1_546_142 });
  });

  it('answers with the same bits when bits change on the way, in either direction', async () => {
    const service = await openPublishedService();
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
    await service.fleet.waitForClients(1, never);
    for (const round of [1, 2]) {
      const task = taskOf(round);
      expectEcho(await service.fleet.ask('ann', task, never), task);
    }
    expect(harm).toBe(3);
    expect(await metric(service.url, 'gaitway_clients_left_total{cause="damaged"}')).toBeGreaterThanOrEqual(1);
  });
});
