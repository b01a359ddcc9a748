/**
 * Peak memory of a client with a hundred thousand windows while it answers a task of SelfHAR: the teacher labels all of
 * them, and a student takes a few steps. Goal: below 1,536 MiB.
 */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BackendName } from '@gaitway/node';
import { type Benchmark, type Result, workingBackends } from '../benchmark.js';

const client = fileURLToPath(new URL('../large-client.ts', import.meta.url));

export const memory: Benchmark = {
  description: 'memory of a client with a hundred thousand windows',
  run: async () => {
    const results: Result[] = [];
    for (const backend of await workingBackends()) {
      console.error(`${backend} …`);
      results.push(await peakOf(backend));
    }
    return { results, comparisons: [] };
  },
};

/** Measured in a separate process, which has allocated nothing else. */
async function peakOf(backend: BackendName): Promise<Result> {
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, client, backend]);
  return { case: `memory/${backend}/100000-windows`, value: Number(stdout), unit: 'MiB', better: 'lower' };
}
