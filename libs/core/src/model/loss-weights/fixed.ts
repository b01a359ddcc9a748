/** Constant weights. */

import type { ByHead } from '../network-spec.js';
import { weightsOfHeads, type LossWeightRule } from './rule.js';

/** @param weights - Heads that are not named have weight 1. */
export function fixedLossWeights(weights: ByHead<number>): LossWeightRule {
  return {
    name: 'fixed',
    every: 'epoch',
    init: (heads) => ({ weights: weightsOfHeads(heads, weights), finished: 0 }),
    next: (state, losses) => ({ weights: state.weights, finished: state.finished + 1, losses }),
  };
}
