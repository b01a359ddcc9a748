/**
 * Ridge classification: least squares with a penalty on standardised features, for targets of +1 and -1 (A. E. Hoerl,
 * R. W. Kennard, Technometrics 12, 1970). The penalty is chosen by generalised cross-validation (G. H. Golub, M. Heath,
 * G. Wahba, Technometrics 21, 1979), which approximates leave-one-out cross-validation and needs no second fit.
 */

import { cholesky, innerProducts, product, solve, traceOfInverse, transpose } from '../math/matrix.js';
import type { FeatureRows } from './window-features.js';

/** Penalties α to choose from. */
const PENALTIES: readonly number[] = [1, 10, 100, 1e3, 1e4];

export interface RidgeClassifier {
  readonly penalty: number;
  readonly standard: Standard;
  /** Shape [feature, class]. */
  readonly weights: Float64Array;
  /** Scores of a row of mean features, shape [class]. */
  readonly intercepts: Float64Array;
}

/** Mean and standard deviation of each feature; the deviation of a constant feature counts as 1. */
interface Standard {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * Learns from rows of features whose classes are known.
 *
 * @param classOf - Class indices, shape [row].
 */
export function fitRidge(rows: FeatureRows, classOf: ArrayLike<number>, classes: number): RidgeClassifier {
  const standard = standardOf(rows);
  const { intercepts, targets } = centredTargets(classOf, classes);
  const standardised = { ...rows, values: standardise(rows, standard) };
  const system =
    classOf.length < rows.features ? dualSystem(standardised, targets) : primalSystem(standardised, targets);
  const [first, ...others] = PENALTIES.map((penalty) => solveFor(system, penalty));
  const best = others.reduce((least, next) => (next.criterion < least.criterion ? next : least), first!);
  return { penalty: best.penalty, standard, weights: system.weightsOf(best.solution), intercepts };
}

/**
 * Scores of each class, about 1 where a row looks like the class and about -1 where it does not; shape [row, class].
 */
export function ridgeScores({ standard, weights, intercepts }: RidgeClassifier, rows: FeatureRows): Float64Array {
  const classes = intercepts.length;
  const scores = product(standardise(rows, standard), weights, rows.features);
  return scores.map((score, place) => score + intercepts[place % classes]!);
}

/** Equations (M + α I) X = R, for any penalty α. */
interface System {
  readonly size: number;
  readonly matrix: Float64Array;
  readonly right: Float64Array;
  /** The weights that belong to a solution X, shape [feature, class]. */
  readonly weightsOf: (solution: Float64Array) => Float64Array;
  /** Sum of the squared errors on the training rows. */
  readonly squaredErrors: (solution: Float64Array, penalty: number) => number;
  /** Residual degrees of freedom: number of rows less one for the mean, less the trace of the hat matrix. */
  readonly free: (penaltyTimesTrace: number) => number;
}

/** M = ZᵀZ and R = ZᵀY, so X is the matrix of weights. */
function primalSystem({ values, features }: FeatureRows, targets: Float64Array): System {
  const rows = values.length / features;
  const columns = transpose(values, features);
  const right = product(columns, targets, rows);
  return {
    size: features,
    matrix: innerProducts(columns, features),
    right,
    weightsOf: (solution) => solution,
    squaredErrors: (solution, penalty) =>
      sumOfProducts(targets, targets) - sumOfProducts(solution, right) - penalty * sumOfProducts(solution, solution),
    free: (penaltyTimesTrace) => rows - 1 - features + penaltyTimesTrace,
  };
}

/** M = ZZᵀ and R = Y, a smaller system where there are fewer rows than features. The weights are ZᵀX. */
function dualSystem({ values, features }: FeatureRows, targets: Float64Array): System {
  const rows = values.length / features;
  return {
    size: rows,
    matrix: innerProducts(values, rows),
    right: targets,
    weightsOf: (solution) => product(transpose(values, features), solution, rows),
    squaredErrors: (solution, penalty) => penalty ** 2 * sumOfProducts(solution, solution),
    free: (penaltyTimesTrace) => penaltyTimesTrace - 1,
  };
}

interface Solved {
  readonly penalty: number;
  readonly solution: Float64Array;
  /** Criterion of generalised cross-validation up to a factor that all penalties share: the lower, the better. */
  readonly criterion: number;
}

function solveFor(system: System, penalty: number): Solved {
  const { size, matrix, right } = system;
  const lower = cholesky(matrix, size, penalty);
  const solution = solve(lower, size, right);
  const free = system.free(penalty * traceOfInverse(lower, size));
  return { penalty, solution, criterion: system.squaredErrors(solution, penalty) / free ** 2 };
}

function sumOfProducts(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, place) => sum + value * b[place]!, 0);
}

/** Targets less their mean, shape [row, class], and that mean. */
function centredTargets(
  classOf: ArrayLike<number>,
  classes: number,
): { readonly targets: Float64Array; readonly intercepts: Float64Array } {
  const rows = classOf.length;
  const counts = new Float64Array(classes);
  for (let row = 0; row < rows; row++) {
    counts[classOf[row]!]!++;
  }
  const intercepts = counts.map((count) => (2 * count) / rows - 1);
  const targets = Float64Array.from(
    { length: rows * classes },
    (_, place) => (classOf[Math.floor(place / classes)] === place % classes ? 1 : -1) - intercepts[place % classes]!,
  );
  return { targets, intercepts };
}

/** Deviations smaller than this fraction of the mean are rounding errors. */
const CONSTANT = 1e-12;

function standardOf({ values, features }: FeatureRows): Standard {
  const rows = values.length / features;
  const [mean, deviation] = [new Float64Array(features), new Float64Array(features)];
  values.forEach((value, place) => (mean[place % features]! += value / rows));
  values.forEach((value, place) => (deviation[place % features]! += (value - mean[place % features]!) ** 2 / rows));
  deviation.forEach((square, feature) => {
    const root = Math.sqrt(square);
    deviation[feature] = root > CONSTANT * Math.abs(mean[feature]!) ? root : 1;
  });
  return { mean, deviation };
}

function standardise({ values, features }: FeatureRows, { mean, deviation }: Standard): Float64Array {
  return values.map((value, place) => (value - mean[place % features]!) / deviation[place % features]!);
}
