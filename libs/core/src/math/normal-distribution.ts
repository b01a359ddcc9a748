/**
 * Tails of the normal distribution, with full relative precision far out, where differences of the distribution function
 * are zero. They come from the scaled complementary error function, erfcx(x) = exp(x²) erfc(x), by the trapezoidal rule
 * with its exact correction (D. B. Hunter and T. Regan, A note on the evaluation of the complementary error function,
 * Mathematics of Computation 26, 1972).
 */

/** Distance of the nodes of the trapezoidal rule. What remains beside the correction is of the order of exp(-(π/h)²). */
const STEP = 0.5;

/** Number of nodes: the next one adds exp(-(14 h)²), which no Float64 sees. */
const NODES = 13;

const nodes = Float64Array.from({ length: NODES }, (_, index) => ((index + 1) * STEP) ** 2);
const nodeWeights = nodes.map((square) => 2 * Math.exp(-square));

/** Below it, the series of the error function needs few terms and cancels nothing. */
const SMALL = 0.5;

/** From here on the correction is below the last bit. */
const LARGE = 6;

/** Below it, 1/x² has no digits of use to the sum any more: erfcx(x) = 1 / (x √π) (1 - 1 / (2 x²) …). */
const HUGE = 1e8;

/** erfcx(x) = exp(x²) erfc(x), which decreases from 1 at 0 like 1 / (x √π). @param x - At least 0. */
function scaledTail(x: number): number {
  if (x < SMALL) {
    return Math.exp(x * x) * (1 - errorFunctionSeries(x));
  }
  if (x > HUGE) {
    return 1 / (x * Math.sqrt(Math.PI));
  }
  const square = x * x;
  let sum = 1 / square;
  for (let node = 0; node < NODES; node++) {
    sum += nodeWeights[node]! / (nodes[node]! + square);
  }
  const correction = x < LARGE ? (2 * Math.exp(square)) / Math.expm1((2 * Math.PI * x) / STEP) : 0;
  return ((STEP * x) / Math.PI) * sum - correction;
}

/** erf(x) by 2/√π exp(-x²) Σ 2^n x^(2n+1) / (1·3·5 … (2n+1)), all of whose terms are positive. */
function errorFunctionSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * Number.EPSILON; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The probability that a standard normal variable is larger than `z`, with relative precision on the upper side. */
export function upperTail(z: number): number {
  if (z < 0) {
    return 1 - upperTail(-z);
  }
  return z === Infinity ? 0 : 0.5 * Math.exp((-z * z) / 2) * scaledTail(z * Math.SQRT1_2);
}

/** The tail of {@link upperTail} over exp(-z² / 2), which does not vanish far out. @param z - At least 0. */
export function scaledUpperTail(z: number): number {
  return 0.5 * scaledTail(z * Math.SQRT1_2);
}
