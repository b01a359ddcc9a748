/**
 * Rounds of secure aggregation, of which one client in ten leaves when it has dealt its shares: the time of all clients and
 * the coordinator together, of one client and of the coordinator, what a client sends and receives, and the memory of all of
 * them in one process. Larger cohorts have shorter vectors, because all clients take turns on one processor. Each sum is
 * compared with the plain one.
 */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Benchmark, Comparison, Result } from '../benchmark.js';
import type { MaskedRoundCost } from '../masked-round.js';
import { findPeerPython, startPeer } from '../peers.js';

const program = fileURLToPath(new URL('../masked-round.ts', import.meta.url));

const COHORTS = [
  { clients: 10, parameters: 390_606 },
  { clients: 24, parameters: 390_606 },
  { clients: 100, parameters: 39_060 },
  { clients: 500, parameters: 3_906 },
];

/** Of more, a round of Flower takes minutes. */
const MOST_PEERS = 24;

const units = { round: 's', client: 's', coordinator: 's', sent: 'kB', received: 'kB', memory: 'MiB' } as const;

export const secureAggregation: Benchmark = {
  description: 'rounds with masked updates, 10 to 500 clients; with PEER_PYTHON, beside SecAgg+ of Flower',
  run: async () => {
    const python = findPeerPython('flwr');
    const peer = python === undefined ? undefined : startPeer(python, 'flower_secaggplus.py');
    const results: Result[] = [];
    const comparisons: Comparison[] = [];
    for (const { clients, parameters } of COHORTS) {
      console.error(`${clients} clients, ${parameters} parameters …`);
      const name = `secure-aggregation/${clients}-clients/${parameters}-parameters`;
      results.push(...(await ours(name, clients, parameters)));
      if (peer && clients <= MOST_PEERS) {
        const value = await peer.ask(`${clients} ${parameters}`);
        results.push({ case: `peer/flower/${name}/round`, value, unit: 's', better: 'lower' });
        comparisons.push({ ours: `${name}/round`, peer: `peer/flower/${name}/round` });
      }
    }
    peer?.end();
    return { results, comparisons };
  },
};

async function ours(name: string, clients: number, parameters: number): Promise<readonly Result[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...process.execArgv,
    program,
    String(clients),
    String(parameters),
  ]);
  const cost = JSON.parse(stdout) as MaskedRoundCost;
  const all = { ...cost, round: clients * cost.client + cost.coordinator };
  return (['round', 'client', 'coordinator', 'sent', 'received', 'memory'] as const).map((figure) => ({
    case: `${name}/${figure}`,
    value: all[figure],
    unit: units[figure],
    better: 'lower',
  }));
}
