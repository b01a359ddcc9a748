/**
 * The duration of a round without training: two clients that answer at once, the published student with 390,606
 * parameters, coordinator and clients in separate processes. As on one machine, and as between machines, with TLS and keys
 * of enrolled clients. Goal: a median below 30 ms for both. Compared with Flower, if it is installed.
 */

import { publishedLoad } from '../../tools/load/load-study.js';
import { bestOfTurns, type Benchmark, type Result } from '../benchmark.js';
import { setups, federate } from '../federation.js';
import { findPeerPython, startPeer } from '../peers.js';

const ROUNDS = 300;

/**
 * Number of rounds before the programs have warmed up: V8 compiles code that runs often, but this runs only a few times
 * per round.
 */
const WARM_UP = 100;

/** A round of Flower takes seconds, nearly all of which is fixed overhead. */
const PEER_ROUNDS = 11;

const TURNS = 2;

const figure = { unit: 'ms', better: 'lower' } as const;

export const rounds: Benchmark = {
  description: 'rounds without training, two clients, 390,606 parameters, without and with TLS and keys',
  run: async () => {
    const ours = await bestOfTurns(
      setups.map(
        ({ label, secured }) =>
          () =>
            conduct(`rounds${label}`, secured),
      ),
      TURNS,
    );
    const peers = await flower();
    return {
      results: [...ours, ...peers],
      comparisons: peers.map((peer) => ({ ours: 'rounds/median', peer: peer.case })),
    };
  },
};

async function conduct(name: string, secured: boolean): Promise<readonly Result[]> {
  const study = publishedLoad({ rounds: ROUNDS, cohort: { minimum: 2, quorum: 2 } });
  const { roundSeconds, processorSeconds } = await federate({ study, processes: 2, clientsEach: 1, secured });
  const sorted = roundSeconds.slice(WARM_UP, -1).toSorted((a, b) => a - b); // the last one is evaluated
  const quantile = (share: number): number => 1000 * sorted[Math.floor(share * sorted.length)]!;
  return [
    { case: `${name}/median`, value: quantile(0.5), ...figure },
    { case: `${name}/p95`, value: quantile(0.95), ...figure },
    // On a machine that is busy with other work, this is more reliable than the duration of a round.
    { case: `${name}/coordinator-processor-time`, value: (1000 * processorSeconds) / ROUNDS, ...figure },
  ];
}

async function flower(): Promise<readonly Result[]> {
  const python = findPeerPython('flwr');
  if (python === undefined) {
    return [];
  }
  const peer = startPeer(python, 'flower_rounds.py');
  const value = 1000 * (await peer.ask(`${PEER_ROUNDS}`));
  peer.end();
  return [{ case: 'peer/flower/rounds/median', value, ...figure }];
}
