/**
 * Weights that follow the losses: the dynamic weight average, where heads whose loss falls slowly count more (Liu et
 * al. 2019, arXiv 1803.10704, eq. 7), and weights learned as the uncertainty of each head's task (Kendall et al. 2018,
 * arXiv 1705.07115, eq. 10).
 */

import type { ByHead } from '../network-spec.js';
import { forEachHead, type LossWeightRule } from './rule.js';

/** The temperature T of the paper: the higher, the more equal the weights. */
const TEMPERATURE = 2;

/**
 * The dynamic weight average: w = heads · softmax(r / 2) over the heads, where r is a head's loss in the last epoch
 * over that in the one before. All weights are 1 in the first two epochs.
 */
export const dynamicAverageLossWeights: LossWeightRule = {
  name: 'dynamic-average',
  every: 'epoch',
  init: (heads) => ({ weights: forEachHead(heads, () => 1), finished: 0 }),
  next: ({ weights, finished, losses: before }, losses) => ({
    weights: before ? averageBySlowness(before, losses) : weights,
    finished: finished + 1,
    losses,
  }),
};

function averageBySlowness(before: ByHead<number>, losses: ByHead<number>): ByHead<number> {
  const heads = Object.keys(losses);
  const slowness = forEachHead(heads, (head) => Math.exp(lossRatio(before[head]!, losses[head]!) / TEMPERATURE));
  const sum = Object.values(slowness).reduce((a, b) => a + b, 0);
  return forEachHead(heads, (head) => (heads.length * slowness[head]!) / sum);
}

/** A head without a label in an epoch has a loss of 0, which says nothing about how fast it learns. */
function lossRatio(before: number, loss: number): number {
  return before > 0 ? loss / before : 1;
}

/**
 * Weights learned as uncertainties: minimises Σ exp(-s) L + s / 2 over each head's s = log σ² by gradient descent, one
 * step per batch. The weight is w = exp(-s), so that the step s ← s - rate · (½ - exp(-s) L) is w ← w · exp(rate · (½ -
 * w L)); its fixed point is 1 / (2 L).
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
