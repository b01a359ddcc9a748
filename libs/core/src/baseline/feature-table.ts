/** Rows of features with their classes, ranked so that trees can order any part of them in little time. */

export interface FeatureTable {
  /** [row, feature] */
  readonly values: Float64Array;
  readonly features: number;
  /** [row]; class indices */
  readonly classOf: ArrayLike<number>;
  readonly classes: number;
  /** [feature, row]; how many other values of the feature are lower. Equal values have equal ranks. */
  readonly rankOf: Uint32Array;
  /** [feature, rank]; the value that has the rank. */
  readonly valueOf: Float64Array;
}

/** The table with its ranks. */
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
