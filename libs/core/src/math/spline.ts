/**
 * Cubic spline interpolation with the not-a-knot end condition (C. de Boor, A Practical Guide to Splines, 1978,
 * chapter IV): the first two pieces are one cubic, and so are the last two.
 */

import { InvalidInput, type Issue } from '../errors.js';

/** The value of a spline at a position. Outside the knots the first and the last piece are extrapolated. */
export type Spline = (at: number) => number;

const MIN_KNOTS = 4;

/**
 * The spline through the knots (x, y).
 *
 * @param x - Ascending positions, at least four; shape [knot]
 * @param y - Shape [knot]
 * @throws InvalidInput for fewer than four knots, unequal lengths, positions that do not ascend, or a number that is
 *   not finite.
 */
export function cubicSpline(x: ArrayLike<number>, y: ArrayLike<number>): Spline {
  requireKnots(x, y);
  const lastPiece = x.length - 2;
  const curvature = secondDerivatives(x, y);
  const slope = new Float64Array(lastPiece + 1);
  const cubic = new Float64Array(lastPiece + 1);
  for (let piece = 0; piece <= lastPiece; piece++) {
    const width = x[piece + 1]! - x[piece]!;
    const [left, right] = [curvature[piece]!, curvature[piece + 1]!];
    slope[piece] = (y[piece + 1]! - y[piece]!) / width - (width * (2 * left + right)) / 6;
    cubic[piece] = (right - left) / (6 * width);
  }
  return (at) => {
    let piece = 0;
    while (piece < lastPiece && at >= x[piece + 1]!) {
      piece++;
    }
    const offset = at - x[piece]!;
    return y[piece]! + offset * (slope[piece]! + offset * (curvature[piece]! / 2 + offset * cubic[piece]!));
  };
}

/**
 * The spline's second derivative at each knot. Between the ends, continuity of the first derivative requires h₀m₀ +
 * 2(h₀ + h₁)m₁ + h₁m₂ = 6(d₁ - d₀), with piece widths h and chord slopes d. Not-a-knot requires m to be linear over the
 * first two pieces, and over the last two, which eliminates the first and the last unknown.
 */
function secondDerivatives(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const last = x.length - 1;
  const width = Float64Array.from({ length: last }, (_, piece) => x[piece + 1]! - x[piece]!);
  const chord = Float64Array.from(width, (h, piece) => (y[piece + 1]! - y[piece]!) / h);
  const below = width.slice(0, -1);
  const above = width.slice(1);
  const diagonal = Float64Array.from(below, (h, row) => 2 * (h + above[row]!));
  const inner = Float64Array.from(below, (_, row) => 6 * (chord[row + 1]! - chord[row]!));
  const end = inner.length - 1;
  const startRatio = below[0]! / above[0]!;
  const endRatio = above[end]! / below[end]!;
  diagonal[0]! += below[0]! * (1 + startRatio);
  above[0]! -= below[0]! * startRatio;
  diagonal[end]! += above[end]! * (1 + endRatio);
  below[end]! -= above[end]! * endRatio;
  solveTridiagonal({ below, diagonal, above }, inner);
  const first = inner[0]! + startRatio * (inner[0]! - inner[1]!);
  const final = inner[end]! + endRatio * (inner[end]! - inner[end - 1]!);
  return Float64Array.of(first, ...inner, final);
}

/**
 * A tridiagonal matrix; each diagonal has as many entries as there are rows, and below[0] and the last of `above` are
 * unused.
 */
interface Tridiagonal {
  readonly below: Float64Array;
  readonly diagonal: Float64Array;
  readonly above: Float64Array;
}

/** Overwrites the right-hand side with the solution, and the diagonal with what elimination leaves of it. */
function solveTridiagonal({ below, diagonal, above }: Tridiagonal, right: Float64Array): void {
  for (let row = 1; row < right.length; row++) {
    const factor = below[row]! / diagonal[row - 1]!;
    diagonal[row]! -= factor * above[row - 1]!;
    right[row]! -= factor * right[row - 1]!;
  }
  right[right.length - 1]! /= diagonal[right.length - 1]!;
  for (let row = right.length - 2; row >= 0; row--) {
    right[row] = (right[row]! - above[row]! * right[row + 1]!) / diagonal[row]!;
  }
}

function requireKnots(x: ArrayLike<number>, y: ArrayLike<number>): void {
  const issues: Issue[] = [];
  if (x.length < MIN_KNOTS) {
    issues.push({ path: 'x', message: `expected at least ${MIN_KNOTS} knots, found ${x.length}` });
  }
  if (y.length !== x.length) {
    issues.push({ path: 'y', message: `expected ${x.length} values, one a knot, found ${y.length}` });
  }
  for (let knot = 0; knot < x.length; knot++) {
    const previous = knot > 0 ? x[knot - 1]! : -Infinity;
    if (!(Number.isFinite(x[knot]) && x[knot]! > previous)) {
      issues.push({ path: `x[${knot}]`, message: `expected a number above ${previous}, found ${x[knot]!}` });
    }
    if (knot < y.length && !Number.isFinite(y[knot])) {
      issues.push({ path: `y[${knot}]`, message: `expected a finite number, found ${y[knot]!}` });
    }
  }
  if (issues.length > 0) {
    throw new InvalidInput('spline', issues);
  }
}
