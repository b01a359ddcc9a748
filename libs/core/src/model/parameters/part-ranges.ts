/** Ranges of a network's parts in its flat parameters. */

import type { Range } from '../../math/ranges.js';
import type { ParameterLayout } from './layout.js';

/** The ranges of some parts, and those of all others; both in the order of the layout. */
export interface PartRanges {
  readonly named: readonly Range[];
  readonly others: readonly Range[];
}

export function partRanges({ slots }: ParameterLayout, parts: readonly string[]): PartRanges {
  return {
    named: slots.filter(({ part }) => parts.includes(part)),
    others: slots.filter(({ part }) => !parts.includes(part)),
  };
}
