import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { scriptedRng, mean, standardDeviation } from '../testing/draws.js';
import { createAugmentation, type AugmentPlan } from './augmentation.js';
import { transformationContract } from './transformation.contract.js';

const vectors = JSON.parse(readFileSync(new URL('../testing/vectors/inputs.json', import.meta.url), 'utf8')) as {
  readonly window: readonly number[];
  readonly stretch: readonly { readonly factor: number; readonly values: readonly number[] }[];
};

const all: AugmentPlan = { stretch: 0.1, mirror: true, turn: 20, dynamics: 0.15, noise: 0.03 };

transformationContract('augmentation', createAugmentation(all));

function augmented(plan: AugmentPlan, window: readonly number[], rng = createRng(1), channels = 3): Float32Array {
  const into = new Float32Array(window.length);
  const axes = channels === 3 ? undefined : ([0, 1, 2] as const);
  const shape = { length: window.length / channels, channels, ...(axes && { axes }) };
  createAugmentation(plan)(Float32Array.from(window), into, shape, rng);
  return into;
}

/** The draw of a uniform number by which a stretch of at most `most` has that factor. */
const drawFor = (factor: number, most: number): number => (Math.log(factor) / most + 1) / 2;

const anyWindow = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 24, maxLength: 24 });

describe('stretch', () => {
  it.each(vectors.stretch)('by $factor agrees with an independent NumPy script', ({ factor, values }) => {
    const rng = scriptedRng({ uniform: [drawFor(factor, 0.5)] });
    augmented({ stretch: 0.5 }, vectors.window, rng).forEach((value, index) => {
      expect(Math.abs(value - values[index]!)).toBeLessThan(1e-5);
    });
  });

  it('by 1 changes no bit', () => {
    fc.assert(
      fc.property(anyWindow, (window) => {
        const rng = scriptedRng({ uniform: [0.5] });
        expect(augmented({ stretch: 0.5 }, window, rng)).toEqual(Float32Array.from(window));
      }),
    );
  });

  it('by 2 of a window by hand: about the middle, at half the speed', () => {
    // Places 1.5 ∓ .75 and 1.5 ∓ .25 between samples 0, 10, 20, 30.
    const rng = scriptedRng({ uniform: [1] });
    const into = new Float32Array(4);
    createAugmentation({ stretch: Math.log(2) })(Float32Array.of(0, 10, 20, 30), into, { length: 4, channels: 1 }, rng);
    [7.5, 12.5, 17.5, 22.5].forEach((value, index) => {
      expect(into[index]).toBeCloseTo(value, 4);
    });
  });
});

describe('mirror', () => {
  it('gives each of the eight combinations of signs equally often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 4_000; seed++) {
      const signs = augmented({ mirror: true }, [1, 2, 3], createRng(seed)).map(Math.sign).join();
      counts.set(signs, (counts.get(signs) ?? 0) + 1);
    }
    expect(counts.size).toBe(8);
    expect(Math.min(...counts.values())).toBeGreaterThan(430); // 500 expected, deviation 21
  });

  it('leaves channels that are no axes alone', () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(augmented({ mirror: true, turn: 90, noise: 0.1 }, [1, 2, 3, 70], createRng(seed), 4)[3]).toBe(70);
    }
  });
});

describe('turn', () => {
  it('keeps the length of each sample, and turns by at most so many degrees', () => {
    const angles = Array.from({ length: 2_000 }, (_, seed) => {
      const [x, y, z] = augmented({ turn: 20 }, [0, 0, 2], createRng(seed)) as unknown as [number, number, number];
      expect(Math.hypot(x, y, z)).toBeCloseTo(2, 5);
      return (Math.acos(Math.min(1, z / 2)) * 180) / Math.PI;
    });
    expect(Math.max(...angles)).toBeLessThanOrEqual(20.01);
    expect(Math.max(...angles)).toBeGreaterThan(19);
  });

  it('turns all samples of a window alike', () => {
    const window = augmented({ turn: 90 }, [1, 0, 0, 0, 1, 0, 0, 0, 1]);
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const product = [0, 1, 2].reduce((sum, axis) => sum + window[3 * a + axis]! * window[3 * b + axis]!, 0);
      expect(product).toBeCloseTo(0, 6);
    }
  });

  it('by a quarter about an axis by hand', () => {
    // The angle's draw first, then a point of the ball along z.
    const rng = scriptedRng({ uniform: [1, 0.5, 0.5, 0.75] });
    augmented({ turn: 90 }, [1, 2, 3], rng).forEach((value, axis) => {
      expect(value).toBeCloseTo([-2, 1, 3][axis]!, 5);
    });
  });
});

describe('dynamics', () => {
  it('keeps the mean of each channel and multiplies what deviates from it', () => {
    // Means 2 and 5; e^.7 = 2.01375.
    const into = new Float32Array(4);
    const rng = scriptedRng({ normal: [1.4] });
    createAugmentation({ dynamics: 0.5 })(Float32Array.of(1, 5, 3, 5), into, { length: 2, channels: 2 }, rng);
    [2 - 2.01375, 5, 2 + 2.01375, 5].forEach((value, index) => {
      expect(into[index]).toBeCloseTo(value, 4);
    });
  });
});

describe('noise', () => {
  it('is normal, of the deviation that the plan says, and new for each sample', () => {
    const noise = augmented({ noise: 0.03 }, new Array<number>(120_000).fill(0));
    expect(Math.abs(mean([...noise]))).toBeLessThan(5e-4);
    expect(Math.abs(standardDeviation([...noise]) - 0.03)).toBeLessThan(5e-4);
    expect(noise.filter((value) => Math.abs(value) > 0.0588).length / noise.length).toBeCloseTo(0.05, 2);
    expect(mean(Array.from(noise, (value, index) => value * (noise[index + 1] ?? 0)))).toBeCloseTo(0, 5);
  });
});

describe('augmentation', () => {
  it('does not depend on the windows before', () => {
    const window = Array.from({ length: 300 }, (_, index) => Math.sin(index));
    const alone = augmented(all, window);
    augmented(all, new Array<number>(90_000).fill(5)); // more than the memory that the first one needed
    augmented({ noise: 1 }, [1, 2, 3]);
    expect(augmented(all, window)).toEqual(alone);
  });

  it('refuses windows without axes where a step needs them, and takes them where none does', () => {
    const call = (plan: AugmentPlan) => (): void => {
      createAugmentation(plan)(new Float32Array(8), new Float32Array(8), { length: 4, channels: 2 }, createRng(1));
    };
    for (const plan of [{ mirror: true }, { turn: 1 }, { noise: 0.1 }] as const) {
      expect(call(plan)).toThrow(
        'augment: shape.axes: expected the three axes of one sensor among the channels, found none among 2',
      );
    }
    expect(call({ stretch: 0.1, dynamics: 0.1 })).not.toThrow();
  });
});
