/**
 * What masks and noise add to a round of ten clients with the 390,606 parameters of the published student: without training,
 * where clients answer at once, and with training, for which each client is a process that learns from its recordings. All
 * of them share this machine's processors; on machines of their own, the clients' part of the masks would take a tenth.
 */

import { lowestFloors } from '@gaitway/client';
import { createRng, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedLoad } from '../../tools/load/load-study.js';
import type { Benchmark, Result } from '../benchmark.js';
import { federate, type FederationPlan } from '../federation.js';

const CLIENTS = 10;
const ROUNDS = { idle: 60, training: 8 };
const WARM_UP = { idle: 20, training: 2 };

/** As many steps as a client with an hour of recordings takes in a pass over it, or so. */
const STEPS = 10;

const budget = { unit: 'client', epsilon: 1e6, delta: 1e-5, clients: CLIENTS };
const noise = { clip: 1, noiseMultiplier: 1, sampling: 1 };

type Kind = keyof typeof ROUNDS;

const protections = [
  { label: 'plain', student: {} },
  { label: 'masked', student: { secureAggregation: {} } },
  { label: 'masked-and-private', student: { secureAggregation: {}, privacy: noise }, privacy: budget },
] as const;

export const maskedRounds: Benchmark = {
  description: 'rounds of ten clients, plain, masked, and masked and private, with and without training',
  run: async () => {
    const data = await mkdtemp(join(tmpdir(), 'gaitway-bench-'));
    try {
      const people = syntheticPeople({ people: CLIENTS, secondsPerActivity: 120, rateHz: 20 }, createRng(2));
      await writeCsvFolder(data, people);
      await writeFile(join(data, 'policy.yaml'), JSON.stringify(lowestFloors));
      const names = [...new Set(people.map(({ subject }) => subject))];
      const results = [
        ...(await measured('idle', { processes: 2, clientsEach: CLIENTS / 2, secured: true })),
        ...(await measured('training', {
          processes: 0,
          clientsEach: 0,
          secured: false,
          training: { data, people: names },
        })),
      ];
      return { results, comparisons: [] };
    } finally {
      await rm(data, { recursive: true });
    }
  },
};

async function measured(kind: Kind, plan: Omit<FederationPlan, 'study'>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const { label, student, ...others } of protections) {
    console.error(`${kind}, ${label} …`);
    const isPrivate = 'privacy' in student;
    const study = publishedLoad({
      rounds: ROUNDS[kind],
      cohort: { minimum: CLIENTS, ...(!isPrivate && { quorum: CLIENTS }) },
      student: { ...student, ...(kind === 'training' && { steps: STEPS, selection: { minimumConfidence: 0 } }) },
      ...others,
    });
    const { roundSeconds } = await federate({ ...plan, study });
    const sorted = roundSeconds.slice(WARM_UP[kind], -1).toSorted((a, b) => a - b);
    const median = 1000 * (sorted[Math.floor(sorted.length / 2)] ?? NaN);
    results.push({ case: `masked-rounds/${kind}/${label}`, value: median, unit: 'ms', better: 'lower' });
  }
  return results;
}
