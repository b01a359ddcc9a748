/** A part of a whole, which may be empty. */

/** `null` where the whole is 0: the figure does not exist. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
