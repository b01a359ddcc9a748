/**
 * An attack on the released mean that knows everything but whether one client, the canary, took part. What it refutes has
 * to stay below the accountant's epsilon; mistakes that are planted in the mechanism have to be found by it. Each
 * parameter has a canary of its own, which changes nothing else: so a round is as many trials as it has parameters.
 */

import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../math/random.js';
import { clopperPearson, epsilonLowerBound } from '../privacy/audit.js';
import { epsilonOf } from '../privacy/epsilon.js';
import { privateMean } from './private-mean.js';
import type { ClientUpdate } from './update.js';

const DELTA = 1e-5;
const TRIALS = 20_000;

const CANARIES = 500;

interface Mechanism {
  readonly clip: number;
  readonly noiseMultiplier: number;
  /** Whether a client that exists is asked in the round. */
  readonly isAsked: (rng: Rng) => boolean;
  /** How many times the sum counts an update that claims so many windows; once where the mechanism is right. */
  readonly weightOf?: (examples: number) => number;
}

/** Each canary pulls its parameter up, far beyond the clip. */
function canary(place: number): ClientUpdate {
  const delta = new Float32Array(CANARIES);
  delta[place] = 1000;
  return { client: `canary ${place}`, delta, examples: 1_000_000 };
}

/** The values of a round's released sum, where all canaries exist, or none. */
function released({ isAsked, weightOf = () => 1, ...plan }: Mechanism, exist: boolean, rng: Rng): Float64Array {
  const fill = (bytes: Uint8Array): void => {
    const words = new Uint32Array(bytes.buffer);
    words.forEach((_, index) => (words[index] = rng.integer(2 ** 32)));
  };
  const mean = privateMean({ ...plan, expected: 1 }, fill);
  let sum = mean.init(CANARIES);
  for (let place = 0; place < CANARIES; place++) {
    const update = canary(place);
    for (let times = exist && isAsked(rng) ? weightOf(update.examples) : 0; times > 0; times--) {
      sum = mean.accept(sum, update);
    }
  }
  return mean.finish(sum);
}

/** Shares of false alarms at which the attack tries its luck. */
const falseAlarms = [0.1, 0.01, 0.003, 0.001, 0.0003];

/** Half of the trials choose the threshold that says most, the other half counts. */
function lowerBound(mechanism: Mechanism, seed: number): number {
  const rng = createRng(seed);
  const draw = (exist: boolean): Float64Array =>
    Float64Array.from(Array.from({ length: TRIALS / CANARIES }, () => [...released(mechanism, exist, rng)]).flat());
  const guesses = (threshold: number, withCanary: Float64Array, without: Float64Array) => ({
    truePositives: withCanary.filter((value) => value > threshold).length,
    members: TRIALS,
    falsePositives: without.filter((value) => value > threshold).length,
    others: TRIALS,
  });
  const settings = { delta: DELTA, confidence: 0.95 };
  const [chosenWith, chosenWithout] = [draw(true), draw(false)];
  const sorted = chosenWithout.toSorted();
  const candidates = falseAlarms.map((share) => sorted[Math.floor((1 - share) * TRIALS)]!);
  const bounds = candidates.map((threshold) => ({
    threshold,
    bound: epsilonLowerBound(guesses(threshold, chosenWith, chosenWithout), settings),
  }));
  const { threshold } = bounds.reduce((best, each) => (each.bound > best.bound ? each : best));
  return epsilonLowerBound(guesses(threshold, draw(true), draw(false)), settings);
}

const rate = 0.2;
const honest: Mechanism = { clip: 1, noiseMultiplier: 2, isAsked: (rng) => rng.uniform() < rate };
const everybody: Mechanism = { ...honest, isAsked: () => true };

function promised({ noiseMultiplier }: Mechanism, sampling: number): number {
  return epsilonOf([{ kind: 'sampled-gaussian', rate: sampling, noiseMultiplier, count: 1 }], DELTA).epsilon;
}

describe('an attack on the released mean', () => {
  it('refutes nothing that the accountant promises', () => {
    expect(lowerBound(honest, 1)).toBeLessThan(promised(honest, rate));
    const bound = lowerBound(everybody, 2);
    expect(bound).toBeLessThan(promised(everybody, 1));
    expect(bound).toBeGreaterThan(0.3); // it is no attack that finds nothing anywhere
  });

  it('finds that there is no noise', () => {
    expect(lowerBound({ ...everybody, noiseMultiplier: 1e-3 }, 3)).toBeGreaterThan(6);
  });

  it.each<[string, Mechanism, number]>([
    ['half of the noise', { ...everybody, noiseMultiplier: honest.noiseMultiplier / 2 }, 1],
    ['no clipping', { ...everybody, clip: 64, noiseMultiplier: honest.noiseMultiplier / 64 }, 1],
    ['weights that nothing bounds', { ...everybody, weightOf: (examples) => (examples > 1 ? 2 : 1) }, 1],
    ['a sample that the canary is always in', everybody, rate],
  ])('finds %s', (_, mechanism, sampling) => {
    expect(lowerBound(mechanism, 4)).toBeGreaterThan(promised(honest, sampling));
  });
});

it('gives intervals of which the bound takes the unfavourable ends', () => {
  const { lower, upper } = clopperPearson(0, 10, 0.95);
  expect([lower, upper]).toEqual([0, expect.closeTo(0.3085, 4)]); // 1 - 0.025^(1/10)
});
