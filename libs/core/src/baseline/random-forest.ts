/**
 * Classification trees that are grown until their leaves are of one class (Breiman et al. 1984), and forests of them:
 * many trees that see different rows and features, and are averaged (L. Breiman, Random Forests, Machine Learning 45,
 * 2001).
 */

import { type Rng, shuffledIndices } from '../math/random.js';
import { type FeatureTable, bestSplit, type Split } from './feature-table.js';

/** Enough for the figures to depend little on the random draws. */
const TREES = 100;

export type RandomForest = readonly DecisionTree[];

/** Each tree learns from as many rows as the table has, drawn with replacement from a random stream of its own. */
export function growForest(table: FeatureTable, rng: Rng): RandomForest {
  const rows = table.classOf.length;
  return Array.from({ length: TREES }, (_, tree) => {
    const stream = rng.fork('tree', tree);
    const drawn = Uint32Array.from({ length: rows }, () => stream.integer(rows));
    return growTree(table, drawn, stream);
  });
}

/**
 * Class probabilities, the mean over the trees; shape [row, class].
 *
 * @param values - Shape [row, feature].
 */
export function predictForest(
  forest: RandomForest,
  values: Float64Array,
  { features, classes }: Pick<FeatureTable, 'features' | 'classes'>,
): Float64Array {
  const probabilities = new Float64Array((values.length / features) * classes);
  for (let row = 0; row < values.length / features; row++) {
    const own = values.subarray(row * features, (row + 1) * features);
    for (const tree of forest) {
      leafOf(tree, own).forEach((share, index) => (probabilities[row * classes + index]! += share / forest.length));
    }
  }
  // Rounding may raise a sum of many shares slightly above 1.
  return probabilities.map((probability) => Math.min(1, probability));
}

interface Leaf {
  readonly kind: 'leaf';
  /** Class shares of the rows that ended here, shape [class]. */
  readonly shares: Float64Array;
}

interface Fork {
  readonly kind: 'fork';
  readonly feature: number;
  readonly threshold: number;
  readonly low: DecisionTree;
  readonly high: DecisionTree;
}

export type DecisionTree = Leaf | Fork;

/**
 * Grows a tree on the given rows. Each fork considers the square root of the number of features, drawn anew.
 *
 * @param rows - Reordered in place.
 */
export function growTree(table: FeatureTable, rows: Uint32Array, rng: Rng): DecisionTree {
  const shares = sharesOf(table, rows);
  const split = shares.includes(1) ? undefined : drawSplit(table, rows, rng);
  if (!split) {
    return { kind: 'leaf', shares };
  }
  const { feature, threshold } = split;
  const cut = lowRowsFirst(table, rows, split);
  return {
    kind: 'fork',
    feature,
    threshold,
    low: growTree(table, rows.subarray(0, cut), rng),
    high: growTree(table, rows.subarray(cut), rng),
  };
}

/** Moves the rows of the low side to the front and returns their number. */
function lowRowsFirst({ values, features }: FeatureTable, rows: Uint32Array, { feature, threshold }: Split): number {
  let low = 0;
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!;
    if (values[row * features + feature]! <= threshold) {
      rows[place] = rows[low]!;
      rows[low++] = row;
    }
  }
  return low;
}

/** Class shares of the leaf that a row of features reaches, shape [class]. */
export function leafOf(tree: DecisionTree, values: Float64Array): Float64Array {
  let place = tree;
  while (place.kind === 'fork') {
    place = values[place.feature]! <= place.threshold ? place.low : place.high;
  }
  return place.shares;
}

/** The best of the drawn features; more are drawn only while none of them separates the rows. */
function drawSplit(table: FeatureTable, rows: Uint32Array, rng: Rng): Split | undefined {
  const wanted = Math.floor(Math.sqrt(table.features));
  let best: Split | undefined;
  for (const [place, feature] of shuffledIndices(table.features, rng).entries()) {
    if (place >= wanted && best) {
      break;
    }
    const split = bestSplit(table, rows, feature);
    if (split && (!best || split.purity > best.purity)) {
      best = split;
    }
  }
  return best;
}

function sharesOf({ classOf, classes }: FeatureTable, rows: Uint32Array): Float64Array {
  const shares = new Float64Array(classes);
  rows.forEach((row) => shares[classOf[row]!]!++);
  return shares.map((count) => count / rows.length);
}
