/**
 * Windows per second of each transformation (goal: 20,000 on average), and of the label-preserving augmentation with
 * all of its steps, including derived channels and normalisation (goal: 40,000).
 */

import { createRng } from '@gaitway/core';
import { createAugmentation, transformationNames, transformations, type Transformation } from '@gaitway/core/augment';
import { axesNormalisation, derivedChannel, writeInputs } from '@gaitway/core/inputs';
import { type Benchmark, type Contender, type Result, takeTurns } from '../benchmark.js';

const SHAPE = { length: 400, channels: 3 };
const WINDOWS = 1000;
const TURNS = 7;

export const augment: Benchmark = {
  description: 'the eight transformations and the augmentation that keeps labels, windows of 400 x 3',
  run: async () => {
    const contenders = transformationNames.map((name) => contender(name, transformations[name]));
    const [inputs, ...results] = await takeTurns([contender('inputs', augmentedInputs()), ...contenders], TURNS);
    return { results: [inputs!, ...results, average(results)], comparisons: [] };
  },
};

/**
 * Everything that is done to a window before it reaches a network, in a study with augmentation and derived channels.
 */
function augmentedInputs(): Transformation {
  const augmentation = createAugmentation({ stretch: 0.1, mirror: true, turn: 20, dynamics: 0.15, noise: 0.03 });
  const derived = (['magnitude', 'vertical', 'horizontal'] as const).map(derivedChannel);
  const source = {
    channels: ['x', 'y', 'z'],
    sampleRateHz: 50,
    inputs: { normalisation: axesNormalisation, derived },
  };
  const inputs = new Float32Array(SHAPE.length * (SHAPE.channels + derived.length));
  return (window, into, shape, rng) => {
    augmentation(window, into, shape, rng);
    writeInputs(into, source, inputs);
  };
}

function contender(name: string, transform: Transformation): Contender {
  const rng = createRng('augment');
  const size = SHAPE.length * SHAPE.channels;
  const windows = Float32Array.from({ length: WINDOWS * size }, () => rng.normal());
  const into = new Float32Array(size);
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

/** Speed when every window goes through all eight: the harmonic mean. */
function average(results: readonly Result[]): Result {
  const secondsForOneOfEach = results.reduce((sum, { value }) => sum + 1 / value, 0);
  return { case: 'augment/average', value: results.length / secondsForOneOfEach, unit: 'windows/s', better: 'higher' };
}
