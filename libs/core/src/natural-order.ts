/** Natural sort order of names: numbers in them are compared as numbers. */

/** Negative if `one` sorts before `other`, positive if after, 0 if they are equal. */
export const compareNaturally: (one: string, other: string) => number = new Intl.Collator('en', { numeric: true })
  .compare;

/** The names sorted: 1, 6, 14 rather than 1, 14, 6. */
export function inNaturalOrder(names: Iterable<string>): readonly string[] {
  return [...names].sort(compareNaturally);
}
