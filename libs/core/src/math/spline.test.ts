import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../errors.js';
import { cubicSpline } from './spline.js';

interface SplineVectors {
  readonly x: number[];
  readonly y: number[];
  readonly index: number[];
  readonly spline: number[];
}

/** Made with SciPy's CubicSpline; the file's `about` says how. */
const vectors = JSON.parse(
  readFileSync(new URL('../testing/vectors/spline.json', import.meta.url), 'utf8'),
) as SplineVectors;

/** Knots at unequal distances, so that a mistaken ratio of widths shows. */
const x = [-1, 0.5, 1, 3, 3.7, 6];
const y = [2, -1, 0.5, 0.25, 4, -3];

/** The third derivative of a cubic piece from four of its values. */
function thirdDerivative(f: (at: number) => number, from: number, to: number): number {
  const h = (to - from) / 3;
  return (f(to) - 3 * f(to - h) + 3 * f(from + h) - f(from)) / h ** 3;
}

describe('a cubic spline', () => {
  it('has the values that SciPy computes', () => {
    const spline = cubicSpline(vectors.x, vectors.y);
    vectors.index.forEach((at, position) => {
      expect(Math.abs(spline(at) - vectors.spline[position]!)).toBeLessThan(1e-12);
    });
  });

  it('goes through its knots', () => {
    const spline = cubicSpline(x, y);
    x.forEach((at, knot) => {
      expect(spline(at)).toBeCloseTo(y[knot]!, 12);
    });
  });

  it('has one third derivative over the first two pieces and one over the last two, and others between', () => {
    const spline = cubicSpline(x, y);
    const third = x.slice(1).map((to, piece) => thirdDerivative(spline, x[piece]! + 1e-9, to - 1e-9));
    expect(third[0]! / third[1]!).toBeCloseTo(1, 5);
    expect(third[3]! / third[4]!).toBeCloseTo(1, 5);
    expect(Math.abs(third[1]! - third[2]!)).toBeGreaterThan(1);
    expect(Math.abs(third[2]! - third[3]!)).toBeGreaterThan(1);
  });

  it('has continuous first and second derivatives at the inner knots', () => {
    const spline = cubicSpline(x, y);
    const h = 1e-4;
    for (const knot of x.slice(1, -1)) {
      const [p2, p1, p0, n1, n2] = [-2, -1, 0, 1, 2].map((step) => spline(knot + step * h)) as [number, ...number[]];
      const before = [(3 * p0! - 4 * p1! + p2) / (2 * h), (p0! - 2 * p1! + p2) / h ** 2];
      const after = [(-3 * p0! + 4 * n1! - n2!) / (2 * h), (p0! - 2 * n1! + n2!) / h ** 2];
      expect(after[0]).toBeCloseTo(before[0]!, 4);
      expect(Math.abs(after[1]! - before[1]!)).toBeLessThan(0.02);
    }
  });

  it('gives any cubic back, also outside its knots', () => {
    const cubic = (at: number): number => 2 * at ** 3 - at ** 2 + 3 * at - 5;
    for (const knots of [x, x.slice(0, 4), x.slice(1)]) {
      const spline = cubicSpline(knots, knots.map(cubic));
      for (const at of [-2, -0.3, 0.7, 2, 3.5, 5, 7]) {
        expect(spline(at)).toBeCloseTo(cubic(at), 9);
      }
    }
  });

  it('refuses knots that give no spline, saying which', () => {
    expect(() => cubicSpline([0, 1, 2], [0, 1, 2])).toThrow('spline: x: expected at least 4 knots, found 3');
    expect(() => cubicSpline([0, 1, 2, 3], [0, 1])).toThrow('spline: y: expected 4 values, one a knot, found 2');
    expect(() => cubicSpline([0, 2, 2, 3], [0, 1, 2, 3])).toThrow('spline: x[2]: expected a number above 2, found 2');
    expect(() => cubicSpline([0, 1, 2, 3], [0, NaN, 2, 3])).toThrow(
      'spline: y[1]: expected a finite number, found NaN',
    );
    expect(() => cubicSpline([0, NaN, 2, 3], [0, 1, 2, 3])).toThrow(InvalidInput);
  });
});
