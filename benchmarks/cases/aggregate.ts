/**
 * The computation of a round at the coordinator: 1,000 updates of the student, admitted and averaged. Goal: under 1 s.
 */

import { createRng } from '@gaitway/core';
import { admitUpdate, weightedMean } from '@gaitway/core/federated';
import { type Benchmark, takeTurns } from '../benchmark.js';

const CLIENTS = 1000;
const PARAMETERS = 390_606;
const DIFFERENT_DELTAS = 16;
const TURNS = 5;

export const aggregate: Benchmark = {
  description: '1,000 updates of 390,606 parameters, admitted and averaged',
  run: async () => {
    const deltas = someDeltas();
    let memory = 0;
    const seconds = (): number => {
      const round = averageRound(deltas);
      memory = Math.max(memory, round.memoryGrowth);
      return round.seconds;
    };
    const contender = { case: 'aggregate/weighted-mean', unit: 's', better: 'lower', measure: seconds } as const;
    const results = await takeTurns([contender], TURNS);
    const growth = { case: 'aggregate/memory-growth', value: memory / 1e6, unit: 'MB', better: 'lower' } as const;
    return { results: [...results, growth], comparisons: [] };
  },
};

/** Updates as they are received; a few different ones stand for all. */
function someDeltas(): readonly Float32Array[] {
  return Array.from({ length: DIFFERENT_DELTAS }, (_, index) => {
    const rng = createRng(index);
    return Float32Array.from({ length: PARAMETERS }, () => 0.01 * rng.normal());
  });
}

function averageRound(deltas: readonly Float32Array[]): { seconds: number; memoryGrowth: number } {
  const aggregator = weightedMean();
  const expected = { stage: 'student', round: 1, size: PARAMETERS, cohort: CLIENTS, activities: 6 };
  const before = usedMemory();
  const start = performance.now();
  let state = aggregator.init(PARAMETERS);
  for (let client = 0; client < CLIENTS; client++) {
    const delta = deltas[client % deltas.length]!;
    const claim = { stage: 'student', round: 1, delta, examples: 100 + client, summary: { windows: 100 + client } };
    state = aggregator.accept(state, admitUpdate(`client ${client}`, claim, expected));
  }
  aggregator.finish(state);
  return { seconds: (performance.now() - start) / 1000, memoryGrowth: usedMemory() - before };
}

function usedMemory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
