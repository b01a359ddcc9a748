/** Formats paths and values of an input for messages. */

/** A path inside an input: `stages[1].teacher`, `people.clients["site A"][0]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') {
      return `${text}[${key}]`;
    }
    const name = String(key);
    if (!/^[\w-]+$/.test(name)) {
      return `${text}[${JSON.stringify(name)}]`;
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
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  }
  const plain = typeof value === 'number' || typeof value === 'boolean' || value === null;
  return plain ? String(value) : 'an object';
}

/** The values of a fixed set that were expected: `"a"`, or `one of "a", "b"`. */
export function formatChoices(values: readonly unknown[]): string {
  const names = values.map((value) => JSON.stringify(value)).join(', ');
  return values.length === 1 ? names : `one of ${names}`;
}
