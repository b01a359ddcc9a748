/**
 * What a simulated round takes beside training: participants of this program that return a changed array at once, with the
 * published student of 390,606 parameters. Memory should not grow with the number of participants.
 */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Benchmark, Result } from '../benchmark.js';

const PARTICIPANTS = [100, 1000];

const simulation = fileURLToPath(new URL('../idle-simulation.ts', import.meta.url));

export const simulate: Benchmark = {
  description: 'simulated rounds without training, 390,606 parameters',
  run: async () => {
    const results: Result[] = [];
    for (const participants of PARTICIPANTS) {
      console.error(`${participants} participants …`);
      results.push(...(await figuresOf(participants)));
    }
    return { results, comparisons: [] };
  },
};

/** In a process of its own, which has held nothing else. */
async function figuresOf(participants: number): Promise<readonly Result[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, simulation, `${participants}`]);
  const [milliseconds = NaN, mebibytes = NaN] = stdout.split(' ').map(Number);
  const name = `simulate/idle-${participants}`;
  return [
    { case: `${name}/time-per-participant`, value: milliseconds, unit: 'ms', better: 'lower' },
    { case: `${name}/peak-memory`, value: mebibytes, unit: 'MiB', better: 'lower' },
  ];
}
