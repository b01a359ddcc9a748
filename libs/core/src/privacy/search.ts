/** Bisection that says on which side of the result a condition holds, so that its caller can err on the safe one. */

/** Where to search, and how close to come. */
export interface SearchRange {
  /** Where the condition does not hold. */
  readonly from: number;
  /** Where it holds. */
  readonly to: number;
  /** The largest distance of both results, relative to the larger one. */
  readonly tolerance: number;
}

/** Two neighbouring numbers. */
export interface Boundary {
  /** The condition does not hold here. */
  readonly before: number;
  /** It holds here. */
  readonly after: number;
}

/** Where a condition begins to hold, which then holds for all larger numbers. */
export function boundaryOf(holds: (value: number) => boolean, { from, to, tolerance }: SearchRange): Boundary {
  let [before, after] = [from, to];
  while (after - before > tolerance * after) {
    const middle = (before + after) / 2;
    if (middle === before || middle === after) {
      break;
    }
    if (holds(middle)) {
      after = middle;
    } else {
      before = middle;
    }
  }
  return { before, after };
}
