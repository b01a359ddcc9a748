/** The tests that every transformation must pass. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WindowShape } from '../data/windows.js';
import { createRng } from '../math/random.js';
import type { Transformation } from './transformation.js';

const shape: WindowShape = { length: 400, channels: 3 };
const shapes: readonly WindowShape[] = [shape, { length: 7, channels: 3 }, { length: 2, channels: 3 }];
const SEEDS = 300;

function randomWindow({ length, channels }: WindowShape, seed: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: length * channels }, () => rng.normal());
}

/** Registers the contract's tests for a transformation of windows with three channels. */
export function transformationContract(name: string, transformation: Transformation): void {
  const run = (window: Float32Array, of: WindowShape, seed: number): Float32Array => {
    const into = new Float32Array(window.length).fill(NaN);
    transformation(window, into, of, createRng(seed));
    return into;
  };

  describe(`the transformation ${name}`, () => {
    afterEach(() => vi.restoreAllMocks());

    it.each(shapes)('writes a finite number over every sample of a window of $length x $channels', (of) => {
      for (let seed = 0; seed < SEEDS; seed++) {
        expect(run(randomWindow(of, seed), of, seed).every(Number.isFinite), `seed ${seed}`).toBe(true);
      }
    });

    it('writes nowhere else', () => {
      const margin = 5;
      const window = randomWindow(shape, 1);
      const memory = new Float32Array(window.length + 2 * margin).fill(-99);
      transformation(window, memory.subarray(margin, margin + window.length), shape, createRng(2));
      expect([...memory.subarray(0, margin), ...memory.subarray(-margin)]).toEqual(new Array(2 * margin).fill(-99));
    });

    it('leaves its input untouched', () => {
      const window = randomWindow(shape, 3);
      run(window, shape, 4);
      expect(window).toEqual(randomWindow(shape, 3));
    });

    it('gives the same version for the same seed, whatever it did before', () => {
      const window = randomWindow(shape, 5);
      const first = run(window, shape, 6);
      run(randomWindow(shapes[1]!, 7), shapes[1]!, 8);
      expect(run(window, shape, 6)).toEqual(first);
    });

    it('reads randomness only from the generator it is given', () => {
      vi.spyOn(Math, 'random').mockImplementation(() => {
        throw new Error('Math.random was called');
      });
      expect(() => run(randomWindow(shape, 9), shape, 10)).not.toThrow();
    });

    it('changes nearly every window', () => {
      let changed = 0;
      for (let seed = 0; seed < SEEDS; seed++) {
        const window = randomWindow(shape, seed);
        changed += run(window, shape, seed).some((value, index) => value !== window[index]) ? 1 : 0;
      }
      expect(changed).toBeGreaterThan(0.95 * SEEDS);
    });
  });
}
