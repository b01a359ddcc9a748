/**
 * Rounds of secure aggregation, of which one client in ten leaves when it has dealt its shares: the time of a client and of
 * the coordinator, what a client sends and receives, and the memory of all of them in one process. Larger cohorts have
 * shorter vectors, because all clients take turns on one processor. Each sum is compared with the plain one.
 */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Benchmark, Result } from '../benchmark.js';
import type { MaskedRoundCost } from '../masked-round.js';

const program = fileURLToPath(new URL('../masked-round.ts', import.meta.url));

const COHORTS = [
  { clients: 10, parameters: 390_606 },
  { clients: 24, parameters: 390_606 },
  { clients: 100, parameters: 39_060 },
  { clients: 500, parameters: 3_906 },
];

const units = { client: 's', coordinator: 's', sent: 'kB', received: 'kB', memory: 'MiB' } as const;

export const secureAggregation: Benchmark = {
  description: 'rounds with masked updates, 10 to 500 clients',
  run: async () => {
    const results: Result[] = [];
    for (const { clients, parameters } of COHORTS) {
      console.error(`${clients} clients, ${parameters} parameters …`);
      const { stdout } = await promisify(execFile)(process.execPath, [
        ...process.execArgv,
        program,
        String(clients),
        String(parameters),
      ]);
      const cost = JSON.parse(stdout) as MaskedRoundCost;
      for (const name of ['client', 'coordinator', 'sent', 'received', 'memory'] as const) {
        const figure = `secure-aggregation/${clients}-clients/${parameters}-parameters/${name}`;
        results.push({ case: figure, value: cost[name], unit: units[name], better: 'lower' });
      }
    }
    return { results, comparisons: [] };
  },
};
