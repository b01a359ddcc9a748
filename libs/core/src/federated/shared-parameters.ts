/** A strategy for a part of the parameters: the others never come to it, and stay as they are. */

import { putRanges, takeRanges, totalSize, type Range } from '../math/ranges.js';
import type { Strategy } from './strategy.js';

/**
 * The strategy over the numbers in `ranges`, side by side: updates have as many. Its state has all parameters.
 *
 * @param strategy - Without control variates, which have all parameters
 */
export function onRanges<A, O>(strategy: Strategy<A, O>, ranges: readonly Range[]): Strategy<A, O> {
  const size = totalSize(ranges);
  return {
    name: strategy.name,
    aggregator: { ...strategy.aggregator, init: () => strategy.aggregator.init(size) },
    init: (parameters) => ({ ...strategy.init(takeRanges(parameters, ranges)), parameters }),
    next: ({ parameters, optimizer }, delta) => {
      const moved = strategy.next({ parameters: takeRanges(parameters, ranges), optimizer }, delta);
      return { ...moved, parameters: putRanges(parameters, ranges, moved.parameters) };
    },
  };
}
