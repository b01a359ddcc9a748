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
  const ascending = counts.map((_, index) => index).sort((a, b) => counts[a]! - counts[b]!);
  const withheld = new Set<number>();
  let sum = 0;
  for (const index of ascending) {
    const isSmall = counts[index]! < least;
    const isExposed = withheld.size > 0 && (withheld.size < 2 || sum < least);
    if (!isSmall && !isExposed) {
      break;
    }
    withheld.add(index);
    sum += counts[index]!;
  }
  return counts.map((count, index) => (withheld.has(index) ? null : count));
}
