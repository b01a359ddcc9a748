/**
 * Hostile clients. Twenty clients learn together from their own labels; then they do so again, but four of them send
 * their change with the opposite sign and three times as large. The mean follows them, some strategies do not.
 * Everybody is synthetic, and everything runs in this one program: half a minute for each strategy and seed.
 *
 *   npx tsx -C @gaitway/source examples/04-hostile-clients.ts [--seeds 3] [--rounds 12] [STRATEGY...]
 */

import { createRng, parseStudy, simulateStudy, type Study, syntheticActivities, syntheticPeople } from '@gaitway/core';
import { loadBackend } from '@gaitway/node';
import { parseArgs } from 'node:util';
import { signFlipper } from './sign-flipper.js';

const CLIENTS = 20;
const HOSTILE = 4;
const SCALE = 3;

// 1. The strategies to compare. Those that need to know it are told how many clients may be hostile.
const strategies: Readonly<Record<string, object>> = {
  'fed-avg': {},
  median: {},
  'trimmed-mean': { share: HOSTILE / CLIENTS },
  krum: { byzantine: HOSTILE },
  'multi-krum': { byzantine: HOSTILE },
  bulyan: { byzantine: HOSTILE },
  'centred-clipping': {},
};
const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string', default: '1' }, rounds: { type: 'string', default: '12' } },
  allowPositionals: true,
});
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const rounds = Number(values.rounds);
const chosen = positionals.length > 0 ? positionals : Object.keys(strategies);

// 2. The study: a strategy aggregates the updates of twenty people; the models are tested on ten others.
function studyWith(strategy: string, people: readonly string[], seed: number): Study {
  return parseStudy({
    name: 'hostile-clients',
    seed,
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 25, window: 64, step: 32, normalisation: 'site' },
    model: { convolutions: [{ filters: 16, kernel: 24 }, { filters: 32, kernel: 16 }], headUnits: { activity: 64 } }, // prettier-ignore
    people: { test: people.slice(CLIENTS), labelled: [], clients: 'rest' },
    stages: [
      {
        name: 'together',
        where: 'clients',
        objective: 'supervised',
        rounds,
        steps: 5,
        batch: 16,
        optimizer: { learningRate: 0.005 },
        strategy: { kind: strategy, ...strategies[strategy] },
        cohort: { minimum: CLIENTS, quorum: CLIENTS },
      },
    ],
    evaluation: { everyRounds: rounds },
  });
}

// 3. A run in which the first clients are hostile, and the weighted F1 of its last model on people that it never saw.
async function weightedF1(strategy: string, seed: number, hostile: number): Promise<number> {
  const recordings = syntheticPeople({ people: CLIENTS + 10, secondsPerActivity: 30, rateHz: 25 }, createRng(seed));
  const people = [...new Set(recordings.map(({ subject }) => subject))];
  const study = studyWith(strategy, people, seed);
  const areHostile = new Set(people.slice(0, hostile));
  const reports = simulateStudy(study, recordings, {
    wrapClient: (honest, client) => (areHostile.has(client) ? signFlipper(honest, SCALE) : honest),
  });
  let last = NaN;
  for await (const { evaluation } of reports) {
    last = evaluation?.weightedF1 ?? last;
  }
  return last;
}

// 4. The table: mean over the seeds, with the lowest and the highest in brackets.
await loadBackend();
console.log('strategy          all honest           four of twenty hostile');
for (const strategy of chosen) {
  const cells: string[] = [];
  for (const hostile of [0, HOSTILE]) {
    const figures: number[] = [];
    for (const seed of seeds) {
      figures.push(await weightedF1(strategy, seed, hostile));
    }
    const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
    const range = `${Math.min(...figures).toFixed(3)}–${Math.max(...figures).toFixed(3)}`;
    cells.push(`${mean.toFixed(3)} (${range})`);
  }
  console.log(strategy.padEnd(18) + cells.join('  '));
}
