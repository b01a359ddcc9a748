import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inMemoryFleet } from '@gaitway/core';
import { fleetContract } from '@gaitway/core/contracts/fleet';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { openTaskPool } from './task-pool.js';
import { startTaskWorker, type TaskWorker } from './task-worker.js';

/** A worker in which every client answers as fleets are tested with. */
const entrySource = `
  import { parentPort } from 'node:worker_threads';
  import { contractParticipant } from '@gaitway/core/testing/contract-participant';
  import { answerTasks } from './answer-tasks.js';
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
