import { inMemoryFleet } from '@gaitway/core';
import { fleetContract } from '@gaitway/core/contracts/fleet';
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openTaskPool, waitingLine } from './task-pool.js';
import { startTaskWorker, type TaskWorker } from './task-worker.js';

/** A worker in which every client answers like those in the contract tests of fleets. */
const entrySource = `
  import { parentPort } from 'node:worker_threads';
  import { contractParticipant } from '@gaitway/core/testing/contract-participant';
  import { answerTasks } from './worker-messages.js';
  answerTasks(parentPort, () => contractParticipant);
  parentPort.postMessage({ kind: 'ready', backend: 'cpu' });
`;
const folder = mkdtempSync(join(tmpdir(), 'gaitway-worker-'));
const entry = join(folder, 'entry.mjs');
const start = (): Promise<TaskWorker> => startTaskWorker(pathToFileURL(entry), undefined);

beforeAll(async () => {
  await build({
    stdin: { contents: entrySource, resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'node',
    conditions: ['@gaitway/source'],
    format: 'esm',
    outfile: entry,
    logLevel: 'error',
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

fleetContract('a pool of workers', async (clients) => {
  const pool = openTaskPool({ workers: 2, first: await start(), startAnother: start });
  return {
    fleet: inMemoryFleet(new Map(clients.map((client) => [client, pool.participant(client)]))),
    close: async () => {
      await pool[Symbol.asyncDispose]();
    },
  };
});

it('a worker keeps no reply that it has given', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const worker = await start();
  onTestFinished(() => worker.terminate());
  const { signal } = new AbortController();
  const replies: WeakRef<object>[] = [];
  for (let round = 1; round <= 5; round++) {
    const task = { kind: 'train', stage: 'echo', round, parameters: new Float32Array(1000) } as const;
    replies.push(new WeakRef(await worker.ask('ann', task, signal)));
  }
  await nextTurn();
  collectGarbage();
  // The last reply may still be referenced where it was received.
  expect(replies.slice(0, -1).map((reply) => reply.deref())).toEqual([undefined, undefined, undefined, undefined]);
});

const [ann, ben, eve] = [{ name: 'ann' }, { name: 'ben' }, { name: 'eve' }];

describe('a waiting line', () => {
  it('serves first who came first', async () => {
    const line = waitingLine<{ name: string }>();
    line.add(ann);
    line.add(ben);
    expect([await line.take(), await line.take()]).toEqual([ann, ben]);
  });

  it('lets takers wait, each for an item of its own', async () => {
    const line = waitingLine<{ name: string }>();
    const taken = Promise.all([line.take(), line.take()]);
    line.add(ann);
    line.add(ben);
    expect(await taken).toEqual([ann, ben]);
  });

  it('lets an item leave before it is taken', async () => {
    const line = waitingLine<{ name: string }>();
    line.add(ann);
    const leave = line.add(ben);
    line.add(eve);
    leave();
    expect([await line.take(), await line.take()]).toEqual([ann, eve]);
  });

  it('sends takers away when it closes', async () => {
    const line = waitingLine<{ name: string }>();
    const waiting = line.take();
    expect(line.close()).toEqual([]);
    expect(await waiting).toBeUndefined();
    expect(await line.take()).toBeUndefined();
  });

  it('gives back what nobody took when it closes, and lets nothing in afterwards', () => {
    const line = waitingLine<{ name: string }>();
    line.add(ann);
    expect(line.close()).toEqual([ann]);
    expect(() => line.add(ben)).toThrow('the waiting line is closed');
  });
});
