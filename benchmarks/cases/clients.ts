/**
 * A thousand clients connected by sockets to one coordinator process, all in every round: with small updates, and with
 * updates twenty and a hundred times as large, which shows whether memory grows with the open sockets or with the data
 * that is sent. As on one machine, and as between machines, with TLS and enrolment. Goal: all have joined within 15 s.
 */

import { smallLoad } from '../../tools/load/load-study.js';
import { bestOfTurns, type Benchmark, type Result } from '../benchmark.js';
import { setups, federate } from '../federation.js';

const CLIENTS = 1_000;
const PROCESSES = 4;

/**
 * Number of hidden units of the activity head for approximately the given number of parameters: the network has 9
 * parameters for each unit and 26 more.
 */
const sizes = [
  { parameters: 1_000, units: 108, rounds: 5 },
  { parameters: 20_000, units: 2_219, rounds: 3 },
  { parameters: 100_000, units: 11_108, rounds: 2 },
] as const;

const TURNS = 2;

export const clients: Benchmark = {
  description: 'a thousand clients at one coordinator, without and with TLS and keys',
  run: async () => {
    const runs = sizes.flatMap((size) =>
      setups.map(
        ({ label, secured }) =>
          () =>
            conduct(size, label, secured),
      ),
    );
    return { results: await bestOfTurns(runs, TURNS), comparisons: [] };
  },
};

async function conduct(
  { parameters, units, rounds }: (typeof sizes)[number],
  label: string,
  secured: boolean,
): Promise<readonly Result[]> {
  const study = smallLoad({ rounds, units, cohort: { minimum: CLIENTS, quorum: CLIENTS } });
  const plan = { study, processes: PROCESSES, clientsEach: CLIENTS / PROCESSES, secured };
  const { roundSeconds, joinSeconds, maxMemory } = await federate(plan);
  const name = `clients/${parameters}-parameters${label}`;
  // The first round is left out, because it waits for all clients to join.
  const seconds = roundSeconds.slice(1).reduce((sum, value) => sum + value, 0) / (rounds - 1);
  const measured: readonly Result[] = [
    { case: `${name}/join-all`, value: joinSeconds, unit: 's', better: 'lower' },
    { case: `${name}/round`, value: seconds, unit: 's', better: 'lower' },
    { case: `${name}/coordinator-memory`, value: maxMemory, unit: 'MiB', better: 'lower' },
  ];
  console.error(measured.map(({ case: what, value, unit }) => `${what}: ${value.toFixed(1)} ${unit}`).join('\n'));
  return measured;
}
