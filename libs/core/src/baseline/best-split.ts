/** Where to cut rows in two so that each part is as much of one class as can be (Breiman et al. 1984, Gini index). */

import { orderByFeature, type FeatureTable } from './feature-table.js';

export interface Split {
  readonly feature: number;
  /** Rows whose value is at most this go to the low side. */
  readonly threshold: number;
  /** Sum over both sides of (squared class counts / rows): the higher, the purer. */
  readonly purity: number;
}

/** The best cut of the rows at one feature; the lowest of several, undefined where all values are equal. */
export function bestSplit(table: FeatureTable, rows: Uint32Array, feature: number): Split | undefined {
  const { values, features, classOf, classes } = table;
  const order = orderByFeature(table, rows, feature);
  const [low, high] = [new Uint32Array(classes), new Uint32Array(classes)];
  order.forEach((row) => high[classOf[row]!]!++);
  let lowSquares = 0;
  let highSquares = high.reduce((sum, count) => sum + count ** 2, 0);
  let best: Split | undefined;
  for (let place = 1; place < order.length; place++) {
    const moved = classOf[order[place - 1]!]!;
    // (n + 1)^2 - n^2 on the one side, n^2 - (n - 1)^2 on the other.
    lowSquares += 2 * low[moved]!++ + 1;
    highSquares -= 2 * high[moved]!-- - 1;
    const [below, above] = [
      values[order[place - 1]! * features + feature]!,
      values[order[place]! * features + feature]!,
    ];
    const purity = lowSquares / place + highSquares / (order.length - place);
    if (below < above && (!best || purity > best.purity)) {
      best = { feature, threshold: between(below, above), purity };
    }
  }
  return best;
}

/** The middle, which rounding must not bring up to the higher value. */
function between(below: number, above: number): number {
  const middle = below + (above - below) / 2;
  return middle < above ? middle : below;
}
