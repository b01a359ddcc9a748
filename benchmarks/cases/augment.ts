/** How many windows a second each transformation makes. Goal: 20,000 on average. */

import { createRng, transformationNames, transformations, type TransformationName } from '@gaitway/core';
import type { Benchmark, Result } from '../benchmark.js';
import { takeTurns, type Contender } from '../take-turns.js';

const SHAPE = { length: 400, channels: 3 };
const WINDOWS = 1000;
const TURNS = 7;

export const augment: Benchmark = {
  description: 'the eight transformations, windows of 400 x 3',
  run: async () => {
    const results = await takeTurns(transformationNames.map(contender), TURNS);
    return { results: [...results, average(results)], comparisons: [] };
  },
};

function contender(name: TransformationName): Contender {
  const rng = createRng('augment');
  const size = SHAPE.length * SHAPE.channels;
  const windows = Float32Array.from({ length: WINDOWS * size }, () => rng.normal());
  const into = new Float32Array(size);
  const transform = transformations[name];
  return {
    case: `augment/${name}`,
    unit: 'windows/s',
    better: 'higher',
    measure: () => {
      const start = performance.now();
      for (let first = 0; first < windows.length; first += size) {
        transform(windows.subarray(first, first + size), into, SHAPE, rng);
      }
      return (WINDOWS * 1000) / (performance.now() - start);
    },
  };
}

/** Speed where every window gets all eight: the harmonic mean. */
function average(results: readonly Result[]): Result {
  const secondsForOneOfEach = results.reduce((sum, { value }) => sum + 1 / value, 0);
  return { case: 'augment/average', value: results.length / secondsForOneOfEach, unit: 'windows/s', better: 'higher' };
}
