/** Dynamic weight average (Liu et al. 2019, arXiv 1803.10704, eq. 7): heads whose loss falls slowly count more. */

import type { ByHead } from '../network-spec.js';
import { forEachHead, type LossWeightRule } from './rule.js';

/** The temperature T of the paper: the higher, the more equal the weights. */
const TEMPERATURE = 2;

/**
 * w = heads · softmax(r / 2) over the heads, where r is a head's loss in the last epoch over that in the one before.
 * All weights are 1 in the first two epochs.
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
