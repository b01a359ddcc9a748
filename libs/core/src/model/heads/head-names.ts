/** Numbers that are meant for heads of a network: whether there are such heads. */

import type { Issue } from '../../errors.js';
import { didYouMean } from '../../nearest-name.js';

/** What is wrong with `names` as names of `heads`. */
export function unknownHeads(names: readonly string[], heads: readonly string[]): readonly Issue[] {
  return names
    .filter((name) => !heads.includes(name))
    .map((name) => ({
      path: name,
      message: `expected one of ${heads.join(', ')}, found no such head${didYouMean(name, heads)}`,
    }));
}
