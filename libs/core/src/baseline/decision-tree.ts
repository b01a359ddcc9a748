/** A classification tree that is grown until its leaves are of one class (Breiman et al. 1984). */

import type { Rng } from '../math/random.js';
import { shuffledIndices } from '../math/shuffle.js';
import { bestSplit, type Split } from './best-split.js';
import type { FeatureTable } from './feature-table.js';

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
