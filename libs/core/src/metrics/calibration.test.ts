import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calibrationOf, type Calibration, type ReliabilityBin } from './calibration.js';

/** Made with NumPy; the file's `about` says how. */
const vectors = JSON.parse(
  readFileSync(new URL('../testing/vectors/calibration.json', import.meta.url), 'utf8'),
) as Calibration & { readonly truth: number[]; readonly probabilities: number[][] };

const empty: ReliabilityBin = { windows: 0, confidence: null, accuracy: null };

/** Probabilities of two classes, given those of the first. */
const binary = (truth: number[], first: number[]): Calibration =>
  calibrationOf(
    truth,
    first.flatMap((p) => [p, 1 - p]),
    2,
  );

describe('calibration', () => {
  it('is what NumPy computes', () => {
    const { error, bins } = calibrationOf(vectors.truth, vectors.probabilities.flat(), 3);
    expect(error).toBeCloseTo(vectors.error, 12);
    expect(bins).toHaveLength(15);
    bins.forEach((bin, index) => {
      const expected = vectors.bins[index]!;
      expect(bin.windows).toBe(expected.windows);
      for (const name of ['confidence', 'accuracy'] as const) {
        if (expected[name] === null) {
          expect(bin[name]).toBeNull();
        } else {
          expect(bin[name]).toBeCloseTo(expected[name], 12);
        }
      }
    });
  });

  it('is worked out by hand for five windows in two bins', () => {
    // Highest probabilities .9 (right), .9 (wrong), .875 (right) lie in (13/15, 14/15]; .75 (wrong), .75 (right) in (11/15, 12/15].
    const { error, bins } = binary([0, 1, 0, 1, 0], [0.9, 0.9, 0.875, 0.75, 0.75]);
    expect(bins[13]!.windows).toBe(3);
    expect(bins[13]!.confidence).toBeCloseTo(2.675 / 3, 12);
    expect(bins[13]!.accuracy).toBeCloseTo(2 / 3, 12);
    expect(bins[11]).toEqual({ windows: 2, confidence: 0.75, accuracy: 0.5 });
    expect(bins.filter((_, index) => index !== 11 && index !== 13)).toEqual(Array.from({ length: 13 }, () => empty));
    expect(error).toBeCloseTo((3 / 5) * (2.675 / 3 - 2 / 3) + (2 / 5) * 0.25, 12);
  });

  it('is perfect where the model is sure and right, and 1 where it is sure and wrong', () => {
    expect(binary([0, 0], [1, 1]).error).toBe(0);
    expect(binary([1, 1], [1, 1]).error).toBe(1);
    expect(binary([0, 0], [1, 1]).bins.at(-1)).toEqual({ windows: 2, confidence: 1, accuracy: 1 });
  });

  it('puts a confidence on an edge into the lower bin, and one of 0 into the lowest', () => {
    expect(binary([0], [0.8]).bins[11]!.windows).toBe(1);
    expect(calibrationOf([0], [0, 0], 2).bins[0]).toEqual({ windows: 1, confidence: 0, accuracy: 1 });
  });
});
