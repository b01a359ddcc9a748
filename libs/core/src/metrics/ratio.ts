/** A ratio whose denominator may be 0. */

/** `null` where the whole is 0, as the ratio is undefined there. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
