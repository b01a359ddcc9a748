/**
 * Rows of features with their classes, ranked so that trees can sort any subset of them quickly, and where to split
 * such rows in two so that each part is as pure as possible (Gini index, Breiman et al. 1984).
 */

export interface FeatureTable {
  /** Shape [row, feature]. */
  readonly values: Float64Array;
  readonly features: number;
  /** Class indices, shape [row]. */
  readonly classOf: ArrayLike<number>;
  readonly classes: number;
  /** Number of values of the feature that are lower, shape [feature, row]. Equal values have equal ranks. */
  readonly rankOf: Uint32Array;
  /** The value that has the rank, shape [feature, rank]. */
  readonly valueOf: Float64Array;
}

/** Adds the ranks to a table. */
export function rankFeatures(table: Omit<FeatureTable, 'rankOf' | 'valueOf'>): FeatureTable {
  const { values, features, classOf } = table;
  const rows = classOf.length;
  const rankOf = new Uint32Array(values.length);
  const valueOf = new Float64Array(values.length);
  for (let feature = 0; feature < features; feature++) {
    const column = Float64Array.from({ length: rows }, (_, row) => values[row * features + feature]!);
    const order = Uint32Array.from(column.keys()).sort((a, b) => column[a]! - column[b]!);
    let rank = 0;
    for (let place = 0; place < rows; place++) {
      const value = column[order[place]!]!;
      rank = place > 0 && value > column[order[place - 1]!]! ? place : rank;
      rankOf[feature * rows + order[place]!] = rank;
      valueOf[feature * rows + place] = value;
    }
  }
  return { ...table, rankOf, valueOf };
}

export interface Split {
  readonly feature: number;
  /** Rows whose value is at most this belong to the low side. */
  readonly threshold: number;
  /** Sum over both sides of (squared class counts / number of rows): the higher, the purer. */
  readonly purity: number;
}

/**
 * The best split of the rows at one feature; the lowest where several are equal, undefined where all values are equal.
 */
export function bestSplit(table: FeatureTable, rows: Uint32Array, feature: number): Split | undefined {
  const { classes } = table;
  const ordered = ranksWithClasses(table, rows, feature);
  const [low, high] = [new Uint32Array(classes), countClasses(ordered, classes)];
  let lowSquares = 0;
  let highSquares = high.reduce((sum, count) => sum + count ** 2, 0);
  let [bestPlace, bestPurity] = [0, 0];
  let rank = Math.floor(ordered[0]! / classes);
  for (let place = 1; place < ordered.length; place++) {
    const moved = ordered[place - 1]! - rank * classes;
    // (n + 1)^2 - n^2 on the one side, n^2 - (n - 1)^2 on the other.
    lowSquares += 2 * low[moved]!++ + 1;
    highSquares -= 2 * high[moved]!-- - 1;
    const next = Math.floor(ordered[place]! / classes);
    const purity = lowSquares / place + highSquares / (ordered.length - place);
    if (rank < next && purity > bestPurity) {
      [bestPlace, bestPurity] = [place, purity];
    }
    rank = next;
  }
  if (bestPlace === 0) {
    return undefined;
  }
  const valueAt = (place: number): number =>
    table.valueOf[feature * table.classOf.length + Math.floor(ordered[place]! / classes)]!;
  return { feature, threshold: between(valueAt(bestPlace - 1), valueAt(bestPlace)), purity: bestPurity };
}

/** Rank x classes + class of each row, lowest rank first: sorting plain numbers needs no comparison function. */
function ranksWithClasses({ rankOf, classOf, classes }: FeatureTable, rows: Uint32Array, feature: number): Uint32Array {
  const first = feature * classOf.length;
  const keys = new Uint32Array(rows.length);
  for (let place = 0; place < keys.length; place++) {
    const row = rows[place]!;
    keys[place] = rankOf[first + row]! * classes + classOf[row]!;
  }
  return sorted(keys);
}

/** Up to this many numbers are sorted faster by insertion than by the engine's sort. */
const FEW = 48;

function sorted(keys: Uint32Array): Uint32Array {
  if (keys.length > FEW) {
    return keys.sort();
  }
  for (let place = 1; place < keys.length; place++) {
    const key = keys[place]!;
    let hole = place;
    for (; hole > 0 && keys[hole - 1]! > key; hole--) {
      keys[hole] = keys[hole - 1]!;
    }
    keys[hole] = key;
  }
  return keys;
}

function countClasses(keys: Uint32Array, classes: number): Uint32Array {
  const counts = new Uint32Array(classes);
  keys.forEach((key) => counts[key % classes]!++);
  return counts;
}

/** The midpoint, which rounding must not raise to the higher value. */
function between(below: number, above: number): number {
  const middle = below + (above - below) / 2;
  return middle < above ? middle : below;
}
