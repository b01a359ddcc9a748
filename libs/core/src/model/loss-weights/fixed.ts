/** Weights that stay as they are. */

import type { ByHead } from '../network-spec.js';
import { weightsOfHeads, type LossWeightRule } from './rule.js';

/** @param weights - The other heads count with 1. */
export function fixedLossWeights(weights: ByHead<number>): LossWeightRule {
  return {
    name: 'fixed',
    every: 'epoch',
    init: (heads) => ({ weights: weightsOfHeads(heads, weights), finished: 0 }),
    next: (state, losses) => ({ weights: state.weights, finished: state.finished + 1, losses }),
  };
}
