/** Checks that values which are keyed by head name refer to existing heads of a network. */

import type { Issue } from '../../errors.js';
import { didYouMean } from '../../input-text.js';

/** Issues for those of `names` that are not in `heads`. */
export function unknownHeads(names: readonly string[], heads: readonly string[]): readonly Issue[] {
  return names
    .filter((name) => !heads.includes(name))
    .map((name) => ({
      path: name,
      message: `expected one of ${heads.join(', ')}, found no such head${didYouMean(name, heads)}`,
    }));
}
