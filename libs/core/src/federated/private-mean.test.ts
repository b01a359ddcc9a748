import { expect, it } from 'vitest';
import { fillDiscreteGaussian } from '../privacy/discrete-gaussian.js';
import { seededBytes } from '../testing/random-bytes.js';
import { GRID } from './exact-sum.js';
import { privateMean } from './private-mean.js';
import type { ClientUpdate } from './update.js';

function update(delta: readonly number[], examples = 1): ClientUpdate {
  return { client: 'ann', delta: Float32Array.from(delta), examples };
}

function meanOf(updates: readonly ClientUpdate[], noiseMultiplier: number): Float64Array {
  const mean = privateMean({ clip: 1, noiseMultiplier, expected: 4 }, seededBytes(1));
  return mean.finish(updates.reduce((sum, each) => mean.accept(sum, each), mean.init(2)));
}

/** The noise of `meanOf`, in steps of the grid. */
function noiseOf(noiseMultiplier: number): Float64Array {
  const noise = new Float64Array(2);
  fillDiscreteGaussian(noise, Math.ceil(noiseMultiplier / GRID), seededBytes(1));
  return noise;
}

it('adds discrete Gaussian noise to the sum, and divides by a fixed number, whoever answered', () => {
  const [x, y] = noiseOf(0.5);
  expect([...meanOf([update([0.5, -0.25]), update([0.25, 0.5])], 0.5)]).toEqual([
    (0.75 + x! * GRID) / 4,
    (0.25 + y! * GRID) / 4,
  ]);
  expect([...meanOf([], 0.5)]).toEqual([(x! * GRID) / 4, (y! * GRID) / 4]);
});

it('clips each update, and counts it once, whatever weight it claims', () => {
  const [x, y] = noiseOf(1);
  const [first, second] = meanOf([update([30, -40], 1_000_000)], 1);
  const clipped = [4 * first! - x! * GRID, 4 * second! - y! * GRID];
  expect(clipped[0]).toBeCloseTo(0.6, 6);
  expect(clipped[1]).toBeCloseTo(-0.8, 6);
  expect(Math.hypot(...clipped)).toBeLessThanOrEqual(1);
});

it('counts, clips and releases what learns, and nothing else', () => {
  const released = [{ offset: 1, size: 2 }];
  const mean = privateMean({ clip: 1, noiseMultiplier: 0.5, expected: 4, released }, seededBytes(1));
  const [frozen, first, second] = mean.finish(mean.accept(mean.init(3), update([100, 0.5, -0.25])));
  const [x, y] = noiseOf(0.5);
  expect([frozen, first, second]).toEqual([0, (0.5 + x! * GRID) / 4, (-0.25 + y! * GRID) / 4]);
});
