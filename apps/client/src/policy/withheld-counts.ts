/**
 * Withholding small numbers of windows. A number that can be found by subtracting the others from their sum is not
 * withheld, so further numbers are withheld with it (complementary cell suppression; Hundepool et al. 2012, Statistical
 * Disclosure Control, chapter 4).
 */

/**
 * The counts, with `null` for those below `least` and, where they alone would follow from the sum of all, for the next
 * smallest: the withheld ones are at least two, and together at least `least`.
 */
export function withholdSmall(counts: readonly number[], least: number): readonly (number | null)[] {
  const ascending = [...counts.entries()].sort(([, a], [, b]) => a - b);
  const withheld = new Set<number>();
  let sum = 0;
  for (const [index, count] of ascending) {
    const isSmall = count < least;
    const isExposed = withheld.size > 0 && (withheld.size < 2 || sum < least);
    if (!isSmall && !isExposed) {
      break;
    }
    withheld.add(index);
    sum += count;
  }
  return counts.map((count, index) => (withheld.has(index) ? null : count));
}
