import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { canaryLowerBound, clopperPearson, epsilonLowerBound, largestCanaryBound, oneRunLowerBound } from './audit.js';
import { gaussianEpsilon } from './gaussian.js';

/** By make-privacy.py: quantiles of scipy's beta distribution, and the theorem with scipy's binomial distribution. */
const vectors = JSON.parse(readFileSync(new URL('../testing/vectors/privacy.json', import.meta.url), 'utf8')) as {
  readonly clopperPearson: readonly {
    readonly successes: number;
    readonly trials: number;
    readonly confidence: number;
    readonly interval: readonly [number, number];
  }[];
  readonly oneRun: readonly {
    readonly canaries: number;
    readonly guesses: number;
    readonly correct: number;
    readonly delta: number;
    readonly confidence: number;
    readonly epsilon: number;
  }[];
};

describe('the interval of Clopper and Pearson', () => {
  it.each(vectors.clopperPearson)(
    'of $successes in $trials at $confidence is that of scipy',
    ({ successes, trials, confidence, interval }) => {
      const { lower, upper } = clopperPearson(successes, trials, confidence);
      expect(lower).toBeCloseTo(interval[0], 10);
      expect(upper).toBeCloseTo(interval[1], 10);
    },
  );
});

describe('the lower bound by membership guesses', () => {
  it('is the logarithm of rates at the ends of their intervals', () => {
    // 37 of 50 found: at least 0.59655; 0 of 20 accused: at most 0.16843.
    const guesses = { truePositives: 37, members: 50, falsePositives: 0, others: 20 };
    const bound = epsilonLowerBound(guesses, { delta: 0.01, confidence: 0.95 });
    expect(bound).toBeCloseTo(Math.log((0.5965523212719344 - 0.01) / 0.1684334709830853), 9);
  });

  it('counts those who are cleared too', () => {
    // Nobody in is missed, and 30 of 100 others are cleared: that says more than who is accused.
    const guesses = { truePositives: 100, members: 100, falsePositives: 70, others: 100 };
    const found = clopperPearson(100, 100, 0.95).lower;
    const accused = clopperPearson(70, 100, 0.95).upper;
    const bound = epsilonLowerBound(guesses, { delta: 0, confidence: 0.95 });
    expect(bound).toBeCloseTo(Math.log((1 - accused) / (1 - found)), 12);
    expect(bound).toBeGreaterThan(Math.log(found / accused));
  });

  it('is 0 for guesses no better than chance, or better by no more than delta', () => {
    const settings = { delta: 0, confidence: 0.95 };
    const even = { truePositives: 50, members: 100, falsePositives: 50, others: 100 };
    expect(epsilonLowerBound(even, settings)).toBe(0);
    const few = { truePositives: 5, members: 100, falsePositives: 0, others: 100 };
    expect(epsilonLowerBound(few, { delta: 0.2, confidence: 0.95 })).toBe(0);
  });

  it('stays below the accountant for a Gaussian mechanism, and shows half the noise', () => {
    const rng = createRng('audit');
    const attack = (sigma: number): number => {
      const threshold = 0.5 + 2 * sigma * sigma; // few false positives
      const count = (shift: number): number =>
        Array.from({ length: 20_000 }, () => shift + sigma * rng.normal()).filter((x) => x > threshold).length;
      const guesses = { truePositives: count(1), members: 20_000, falsePositives: count(0), others: 20_000 };
      return epsilonLowerBound(guesses, { delta: 1e-5, confidence: 0.95 });
    };
    const promised = gaussianEpsilon(1, 1e-5);
    expect(attack(1)).toBeGreaterThan(1);
    expect(attack(1)).toBeLessThan(promised);
    const loose = gaussianEpsilon(4, 1e-5);
    expect(attack(4)).toBeLessThan(loose);
    expect(attack(0.5)).toBeGreaterThan(loose);
  });
});

describe('the lower bound by one run', () => {
  it.each(vectors.oneRun)(
    'of $correct right among $guesses guesses about $canaries canaries, δ $delta, is $epsilon',
    ({ canaries, guesses, correct, delta, confidence, epsilon }) => {
      const bound = oneRunLowerBound({ canaries, guesses, correct }, { delta, confidence });
      expect(bound).toBeCloseTo(epsilon, 8);
      expect(bound).toBeLessThan(epsilon + 1e-8);
    },
  );

  it('without delta is the epsilon at which so many right guesses have a chance of 5 percent, by hand', () => {
    // All of 10 right: p^10 = 0.05 at p = 0.7411, whose odds are e^ε.
    const p = 0.05 ** 0.1;
    const bound = oneRunLowerBound({ canaries: 10, guesses: 10, correct: 10 }, { delta: 0, confidence: 0.95 });
    expect(bound).toBeCloseTo(Math.log(p / (1 - p)), 8);
    expect(oneRunLowerBound({ canaries: 10, guesses: 4, correct: 4 }, { delta: 0, confidence: 0.95 })).toBe(0);
  });
});

describe('the lower bound by scores of canaries', () => {
  const settings = { delta: 0, confidence: 0.95 };
  /** Six shares of guesses are tried, so each of them has a sixth of the doubt. */
  const each = { delta: 0, confidence: 1 - 0.05 / 6 };

  it('of scores that are right about all is that of the largest number of guesses, over all runs', () => {
    const isIn = Uint8Array.from({ length: 100 }, (_, canary) => (canary % 2 === 0 ? 1 : 0));
    const scores = Float64Array.from(isIn);
    const [first, second] = [isIn.subarray(0, 30), isIn.subarray(30)].map((part) => ({ scores: Float64Array.from(part), isIn: part })); // prettier-ignore
    const found = canaryLowerBound([first!, second!], settings);
    expect(found).toMatchObject({ canaries: 100, guesses: 80, correct: 80 });
    expect(found.epsilon).toBe(oneRunLowerBound({ canaries: 100, guesses: 80, correct: 80 }, each));
    expect(found.epsilon).toBe(canaryLowerBound([{ scores, isIn }], settings).epsilon);
    expect(found.epsilon).toBe(largestCanaryBound(100, settings));
    // p^80 = 0.05 / 6, whose odds are e^epsilon.
    const p = (0.05 / 6) ** (1 / 80);
    expect(found.epsilon).toBeCloseTo(Math.log(p / (1 - p)), 8);
  });

  it('leaves unclear canaries out where the clear ones say more', () => {
    // Of 1,000 canaries the 125 highest took part and the 125 lowest did not; the others alternate.
    const isIn = Uint8Array.from({ length: 1000 }, (_, place) => (place < 125 ? 1 : place >= 875 ? 0 : place % 2));
    const scores = Float64Array.from({ length: 1000 }, (_, place) => -place);
    const found = canaryLowerBound([{ scores, isIn }], settings);
    expect(found).toMatchObject({ guesses: 250, correct: 250 });
  });

  it('is 0 for scores that say nothing, and where nobody took part', () => {
    const rng = createRng(3);
    const isIn = Uint8Array.from({ length: 1000 }, () => rng.integer(2));
    const scores = Float64Array.from(isIn, () => rng.uniform());
    expect(canaryLowerBound([{ scores, isIn }], settings).epsilon).toBe(0);
    expect(canaryLowerBound([{ scores: new Float64Array(1000), isIn }], settings).epsilon).toBe(0);
  });
});
