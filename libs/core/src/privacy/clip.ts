/**
 * Clipping a contribution, so that no person (or site) adds more than a given L2 norm to a sum (H. B. McMahan et al. 2018,
 * Learning differentially private recurrent language models, arXiv 1710.06963). The result lies on the grid of the sums,
 * and its norm there is at most the bound without any tolerance: the accountant believes it.
 */

/** A clipped contribution. */
export interface ClippedUpdate {
  /** The values in steps of the grid: whole numbers, for exact sums, masks and noise. */
  readonly steps: Float64Array;
  /** Whether the norm was at most the bound already, and nothing was scaled: what adaptive clipping counts. */
  readonly withinBound: boolean;
}

/**
 * Scales `values` to a norm of at most `clipNorm` and rounds them towards zero onto the grid.
 *
 * Why the norm of the result is at most `clipNorm`: let u = 2^-53 and n the number of values. The sum of squares is of
 * positive numbers, each product and addition of which has a relative error of at most u, so it is too small by a factor
 * of at most (1 - u)^(n + 1), and the norm computed from it by at most (1 - u)^(n/2 + 2). Scaling divides by it: the
 * quotient and each product add a factor of at most 1 + u, and `bound` is smaller than `clipNorm` by 1 - (n + 8) 2u, which
 * is more than all of these. Dividing by a power of two is exact, and rounding towards zero makes no value larger.
 *
 * @param values - The weighted change of one unit; magnitudes below 2^500, as all Float32 values have.
 * @param grid - The step of the grid, a power of two.
 * @throws RangeError if the clip norm is not positive, more than 2^50 steps of the grid, or a value is not finite.
 */
export function clipToGrid(values: Float32Array | Float64Array, clipNorm: number, grid: number): ClippedUpdate {
  if (!(clipNorm > 0 && clipNorm / grid <= 2 ** 50)) {
    throw new RangeError(`Expected a clip norm above 0 and of at most 2^50 steps of ${grid}, got ${clipNorm}`);
  }
  let squares = 0;
  for (const value of values) {
    squares += value * value;
  }
  const norm = Math.sqrt(squares);
  if (!Number.isFinite(norm)) {
    throw new RangeError(`Expected finite values, got a norm of ${norm}`);
  }
  const bound = clipNorm * (1 - (values.length + 8) * Number.EPSILON);
  const withinBound = norm <= bound;
  const factor = withinBound ? 1 : bound / norm;
  const steps = new Float64Array(values.length);
  for (let place = 0; place < values.length; place++) {
    steps[place] = Math.trunc((values[place]! * factor) / grid) + 0; // + 0 turns -0 into 0
  }
  return { steps, withinBound };
}
