/** Names as people read them: numbers in them count as numbers. */

/** Sorts before (negative), after (positive) or beside (0). */
export const compareNaturally: (one: string, other: string) => number = new Intl.Collator('en', { numeric: true })
  .compare;

/** The names sorted: 1, 6, 14 rather than 1, 14, 6. */
export function inNaturalOrder(names: Iterable<string>): readonly string[] {
  return [...names].sort(compareNaturally);
}
