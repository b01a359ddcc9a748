/** Finds names that occur twice where each may occur only once. */

import type { Issue } from '../../errors.js';

/** A name and its path in the input. */
export interface PlacedName {
  readonly name: string;
  readonly path: string;
}

/** An issue for each name that occurred before. */
export function repeatedNames(names: readonly PlacedName[]): readonly Issue[] {
  const firstPath = new Map<string, string>();
  return names.flatMap(({ name, path }) => {
    const first = firstPath.get(name);
    if (first !== undefined) {
      return [{ path, message: `expected a name that is not used yet, found "${name}", which is also at ${first}` }];
    }
    firstPath.set(name, path);
    return [];
  });
}

/** The names of a list with the path of each. */
export function placedNames(names: readonly string[], path: string): readonly PlacedName[] {
  return names.map((name, index) => ({ name, path: `${path}[${index}]` }));
}
