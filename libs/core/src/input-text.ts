/** Text of messages about an input: paths, values, and the name that was probably meant. */

/** Characters that begin a line, move the cursor or turn the direction of a text, and those that nobody sees. */
const NOT_PRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A value as JSON in which every character can be seen: an input may come from somebody who means harm. */
export function quoted(value: unknown): string {
  return JSON.stringify(value).replace(NOT_PRINTABLE, (character) =>
    [...Array(character.length).keys()].map((unit) => escapeOf(character.charCodeAt(unit))).join(''),
  );
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** A path inside an input: `stages[1].teacher`, `people.clients["site A"][0]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') {
      return `${text}[${key}]`;
    }
    const name = String(key);
    if (!/^[\w-]+$/.test(name)) {
      return `${text}[${quoted(name)}]`;
    }
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** What was found, in short; a string is quoted, which distinguishes it from a number that looks the same. */
export function formatFound(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  }
  if (typeof value === 'string') {
    return quoted(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  }
  const plain = typeof value === 'number' || typeof value === 'boolean' || value === null;
  return plain ? String(value) : 'an object';
}

/** The values of a fixed set that were expected: `"a"`, or `one of "a", "b"`. */
export function formatChoices(values: readonly unknown[]): string {
  const names = values.map(quoted).join(', ');
  return values.length === 1 ? names : `one of ${names}`;
}

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
