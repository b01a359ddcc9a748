/** Names that stand twice where each may stand once. */

import type { Issue } from '../../errors.js';

/** A name and where it stands. */
export interface PlacedName {
  readonly name: string;
  readonly path: string;
}

/** An issue at each name that stood somewhere before. */
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
