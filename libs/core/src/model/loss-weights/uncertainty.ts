/** Weights learned as the uncertainty of each head's task (Kendall et al. 2018, arXiv 1705.07115, eq. 10). */

import type { ByHead } from '../network-spec.js';
import { forEachHead, type LossWeightRule } from './rule.js';

/**
 * Minimises Σ exp(-s) L + s / 2 over each head's s = log σ² by gradient descent, one step per batch. The weight is w =
 * exp(-s), so that the step s ← s - rate · (½ - exp(-s) L) is w ← w · exp(rate · (½ - w L)); its fixed point is 1 / (2
 * L).
 *
 * @param rate - Learning rate of the descent on s.
 */
export function uncertaintyLossWeights({ rate }: { readonly rate: number }): LossWeightRule {
  return {
    name: 'uncertainty',
    every: 'batch',
    init: (heads) => ({ weights: forEachHead(heads, () => 1), finished: 0 }),
    next: ({ weights, finished }, losses) => ({
      weights: weightsAfter(weights, losses, rate),
      finished: finished + 1,
      losses,
    }),
  };
}

function weightsAfter(weights: ByHead<number>, losses: ByHead<number>, rate: number): ByHead<number> {
  return forEachHead(Object.keys(weights), (head) => {
    const weight = weights[head]!;
    const loss = losses[head]!;
    // A loss of 0 comes from a batch without labels for this head, from which nothing can be learned.
    return loss === 0 ? weight : weight * Math.exp(rate * (1 / 2 - weight * loss));
  });
}
