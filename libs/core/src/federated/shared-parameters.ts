/** A strategy for a part of the parameters: the others are never exchanged and do not change. */

import { putRanges, takeRanges, totalSize, type Range } from '../math/ranges.js';
import type { Strategy } from './strategy.js';

/**
 * Applies the strategy to the concatenated numbers in `ranges`, which is what updates contain. The state holds all
 * parameters.
 *
 * @param strategy - Without control variates, which cover all parameters
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
