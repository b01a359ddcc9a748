/** Confusion matrices, and the figures that follow from them alone. */

/** Counts of windows, shape [truth][prediction]. */
export type Confusion = readonly (readonly number[])[];

/** A model's confusion matrix for the windows of one person, from which every figure of that person follows. */
export interface PersonFigures {
  readonly name: string;
  readonly windows: number;
  readonly confusion: Confusion;
}

/** Outcomes of one class against the rest, as numbers of windows. */
export interface Outcomes {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/**
 * The confusion matrix of all windows.
 *
 * @param truth - Class indices, shape [window]
 * @param predicted - Class indices, shape [window]
 */
export function confusionOf(truth: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): Confusion {
  const counts = emptyConfusion(classes);
  for (let window = 0; window < truth.length; window++) {
    counts[truth[window]!]![predicted[window]!]!++;
  }
  return counts;
}

interface Split {
  readonly classes: number;
  /** Person of each window, shape [window]. */
  readonly ofWindow: ArrayLike<string>;
}

/**
 * The confusion matrix of each person, in the order in which people first appear.
 *
 * @param truth - Class indices, shape [window]
 * @param predicted - Class indices, shape [window]
 */
export function confusionByPerson(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  { classes, ofWindow }: Split,
): readonly PersonFigures[] {
  const counts = new Map<string, number[][]>();
  for (let window = 0; window < truth.length; window++) {
    const person = ofWindow[window]!;
    const ofPerson = counts.get(person) ?? emptyConfusion(classes);
    ofPerson[truth[window]!]![predicted[window]!]!++;
    counts.set(person, ofPerson);
  }
  return [...counts].map(([name, confusion]) => ({ name, windows: sum(confusion.map(sum)), confusion }));
}

/** A confusion matrix of zeros, to be filled. */
function emptyConfusion(classes: number): number[][] {
  return Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
}

export function outcomesOf(confusion: Confusion, ofClass: number): Outcomes {
  const total = sum(confusion.map(sum));
  const actual = sum(confusion[ofClass]!);
  const predicted = sum(confusion.map((row) => row[ofClass]!));
  const truePositives = confusion[ofClass]![ofClass]!;
  return {
    truePositives,
    falsePositives: predicted - truePositives,
    falseNegatives: actual - truePositives,
    trueNegatives: total - actual - predicted + truePositives,
  };
}

/** Share of windows predicted correctly. */
function accuracyOf(confusion: Confusion): number {
  return sum(confusion.map((row, index) => row[index]!)) / sum(confusion.map(sum));
}

/**
 * Agreement beyond chance, (p_o - p_e) / (1 - p_e) (J. Cohen, Educational and Psychological Measurement 20, 1960);
 * `null` where p_e is 1: all windows are of one class and predicted as that class.
 */
export function kappaOf(confusion: Confusion): number | null {
  const windows = sum(confusion.map(sum));
  const products = confusion.map((row, index) => sum(row) * sum(confusion.map((other) => other[index]!)));
  const byChance = sum(products) / windows ** 2;
  return byChance === 1 ? null : (accuracyOf(confusion) - byChance) / (1 - byChance);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
