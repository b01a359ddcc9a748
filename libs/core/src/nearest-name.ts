/** Finds the name that was probably meant. */

/** Minimum number of letters to add, remove or replace to turn one name into the other (Levenshtein 1966). */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 0; row < from.length; row++) {
    const distances = [row + 1];
    for (let column = 0; column < to.length; column++) {
      const replaced = (above[column] ?? 0) + (from[row] === to[column] ? 0 : 1);
      distances.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (distances[column] ?? 0) + 1));
    }
    above = distances;
  }
  return above[to.length] ?? 0;
}

/** A single letter or a digit at the end distinguishes names of one family: `gravity.y`, `conv2`. */
const MEMBER = /(?<!\p{L})\p{L}$|\d$/u;

function isSibling(one: string, other: string): boolean {
  return one !== other && [one, other].every((name) => MEMBER.test(name)) && one.slice(0, -1) === other.slice(0, -1);
}

/**
 * The one of `names` closest to `name`, ignoring case; undefined when even that one differs in more than a third of the
 * letters, and when another is as close. Another member of the same family, as `gravity.x` beside `gravity.y`, is not
 * taken for a typing error.
 *
 * @example
 * nearestName('minConfidence', ['minimumConfidence', 'pluralityOnly']); // 'minimumConfidence'
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const written = name.toLowerCase();
  const [best, next] = [...new Set(names)]
    .filter((known) => !isSibling(written, known.toLowerCase()))
    .map((known) => ({ known, distance: editDistance(written, known.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  if (!best || best.distance === next?.distance) {
    return undefined;
  }
  return best.distance <= Math.max(name.length, best.known.length) / 3 ? best.known : undefined;
}

/** The end of a message about a wrong name: `; did you mean "walking"?`, or nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}
