/** Rows of features with their classes, ranked so that trees can sort any subset of them quickly. */

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
