/**
 * Many trees that see different rows and features, and are averaged (L. Breiman, Random Forests, Machine Learning 45,
 * 2001).
 */

import type { Rng } from '../math/random.js';
import { growTree, leafOf, type DecisionTree } from './decision-tree.js';
import type { FeatureTable } from './feature-table.js';

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
