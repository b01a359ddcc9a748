import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import type { ConnectionFault } from './connection-fault.js';
import { openFaultProxy } from './fault-proxy.js';
import { openEcho, type Echo } from './testing/echo.js';

/** More than a socket takes in one piece. */
const SIZE = 300_000;
const bytes = Buffer.from(Uint8Array.from({ length: SIZE }, (_, index) => (index * 31) & 255));

/** In milliseconds: longer than a test. */
const HOUR = 3_600_000;

const first = { connection: 1, direction: 'up' } as const;

/** By the time that it has its answer, others would have theirs. */
async function somebodyElse(call: Echo['call']): Promise<void> {
  const other = call();
  other.say(bytes);
  await other.hear(SIZE);
}

it('hands everything on where nothing is planned', async () => {
  const { call, log } = await openEcho([{ ...first, connection: 2, kind: 'cut', at: 0 }]);
  const caller = call();
  caller.say(bytes);
  caller.socket.end();
  expect((await caller.end).left.equals(bytes)).toBe(true);
  expect(log).toEqual([]);
});

it('flips the very bit that its log says', async () => {
  const fault: ConnectionFault = { ...first, kind: 'corrupt', at: 123_456, bit: 3 };
  const { call, log } = await openEcho([fault]);
  const caller = call();
  caller.say(bytes);
  const heard = await caller.hear(SIZE);
  const differing = [...heard.keys()].filter((index) => heard[index] !== bytes[index]);
  expect(log).toEqual([fault]);
  expect(differing).toEqual([123_456]);
  expect(heard[123_456]! ^ bytes[123_456]!).toBe(8);
});

it.each<readonly [ConnectionFault, Buffer]>([
  [
    { ...first, kind: 'drop', at: 70_000, bytes: 5 },
    Buffer.concat([bytes.subarray(0, 70_000), bytes.subarray(70_005)]),
  ],
  [
    { ...first, kind: 'duplicate', at: 70_000, bytes: 5 },
    Buffer.concat([bytes.subarray(0, 70_005), bytes.subarray(70_000)]),
  ],
  [
    { ...first, direction: 'down', kind: 'reorder', at: 70_000, bytes: 5 },
    Buffer.concat([
      bytes.subarray(0, 70_000),
      bytes.subarray(70_005, 70_010),
      bytes.subarray(70_000, 70_005),
      bytes.subarray(70_010),
    ]),
  ],
])('does to bytes what %o says', async (fault, arrives) => {
  const { call, log } = await openEcho([fault]);
  const caller = call();
  caller.say(bytes);
  caller.socket.end();
  expect((await caller.end).left.equals(arrives)).toBe(true);
  expect(log).toEqual([fault]);
});

it('ends a truncated connection in good order, in the middle of what was said', async () => {
  const { call } = await openEcho([{ ...first, direction: 'down', kind: 'truncate', at: 1_000 }]);
  const caller = call();
  caller.say(bytes.subarray(0, 5_000));
  const { left, code } = await caller.end;
  expect(left.equals(bytes.subarray(0, 1_000))).toBe(true);
  expect(code).toBeUndefined();
});

it('resets both sides of a connection that it cuts', async () => {
  const { call, arrivals } = await openEcho([{ ...first, kind: 'cut', at: 10 }]);
  const caller = call();
  caller.say(bytes.subarray(0, 4));
  await caller.hear(4);
  const broken = new Promise((resolve) => arrivals[0]!.once('error', resolve));
  caller.say(bytes.subarray(4, 20));
  expect((await caller.end).code).toBe('ECONNRESET');
  expect(await broken).toMatchObject({ code: 'ECONNRESET' });
});

it('silences a connection: nothing arrives, and neither side learns that the other is gone', async () => {
  const { call, arrivals, log } = await openEcho([{ ...first, kind: 'silence', at: 4 }]);
  const caller = call();
  caller.say(bytes.subarray(0, 4));
  caller.say(bytes.subarray(4, 8));
  while (log.length === 0) {
    await new Promise(setImmediate);
  }
  caller.socket.destroy();
  await caller.end;
  await somebodyElse(call);
  expect(arrivals[0]!.readableEnded).toBe(false);
  expect(arrivals[0]!.closed).toBe(false);
  expect(arrivals[0]!.bytesRead).toBeLessThanOrEqual(4);
});

it('stalls a connection: what follows waits, and so does whoever says it', async () => {
  const { call, log } = await openEcho([{ ...first, kind: 'stall', at: 1_000, milliseconds: HOUR }]);
  const caller = call();
  const plenty = Buffer.alloc(64 * SIZE, 7); // More than all the buffers on the way hold.
  caller.say(plenty);
  expect((await caller.hear(1_000)).equals(plenty.subarray(0, 1_000))).toBe(true);
  await somebodyElse(call);
  expect(caller.heard()).toBe(0);
  expect(caller.socket.writableNeedDrain).toBe(true);
  expect(log).toHaveLength(1);
});

it('delays everything from its place on, and keeps its order', async () => {
  const { call } = await openEcho([
    { ...first, kind: 'delay', at: 4, milliseconds: 20 },
    { ...first, kind: 'delay', at: 8, milliseconds: HOUR },
  ]);
  const caller = call();
  caller.say(bytes.subarray(0, 20));
  expect((await caller.hear(8)).equals(bytes.subarray(0, 8))).toBe(true);
  await somebodyElse(call);
  expect(caller.heard()).toBe(0);
});

it('goes on after a stall', async () => {
  const { call } = await openEcho([{ ...first, kind: 'stall', at: 1_000, milliseconds: 20 }]);
  const caller = call();
  caller.say(bytes);
  expect((await caller.hear(SIZE)).equals(bytes)).toBe(true);
});

it('counts connections, so that the log is a plan by which the same happens again', async () => {
  const plan: readonly ConnectionFault[] = [
    { connection: 2, direction: 'down', kind: 'truncate', at: 3 },
    { ...first, connection: 3, kind: 'drop', at: 1, bytes: 1 },
    { ...first, connection: 9, kind: 'cut', at: 0 },
  ];
  const echoes = async (faults: readonly ConnectionFault[]): Promise<unknown> => {
    const { call, log } = await openEcho(faults);
    const heard: string[] = [];
    for (let connection = 1; connection <= 3; connection++) {
      const caller = call();
      caller.say(Buffer.from('abcde'));
      caller.socket.end();
      heard.push((await caller.end).left.toString());
    }
    return { log, heard };
  };
  expect(await echoes(plan)).toEqual({ log: plan.slice(0, 2), heard: ['abcde', 'abc', 'acde'] });
  expect(await echoes(plan.slice(0, 2))).toEqual({ log: plan.slice(0, 2), heard: ['abcde', 'abc', 'acde'] });
});

it('lets everything pass once it is calm', async () => {
  const { call, proxy, log } = await openEcho([{ ...first, kind: 'cut', at: 10 }]);
  const caller = call();
  caller.say(bytes.subarray(0, 4));
  await caller.hear(4);
  proxy.calm();
  caller.say(bytes.subarray(4, 100));
  expect((await caller.hear(96)).equals(bytes.subarray(4, 100))).toBe(true);
  expect(log).toEqual([]);
});

it('ends a connection when nobody listens behind it', async () => {
  const { proxy: away } = await openEcho([]);
  await away[Symbol.asyncDispose]();
  await using proxy = await openFaultProxy({ target: away.port, faults: [] });
  const socket = connect(proxy.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'close');
});
