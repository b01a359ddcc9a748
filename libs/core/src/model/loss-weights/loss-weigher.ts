/**
 * Applies a rule of loss weights during one training: it is told the losses of every batch, and updates the weights
 * when due.
 */

import type { ByHead } from '../network-spec.js';
import { forEachHead, type LossWeightRule } from './rule.js';

export interface LossWeigher {
  /** The weights for the next batch. */
  weights(): ByHead<number>;
  /** @param losses - The loss of each head on a batch, before it is multiplied by its weight. */
  afterBatch(losses: ByHead<number>): void;
  afterEpoch(): void;
}

/**
 * Applies `rule` from its initial state. A rule that counts epochs gets the mean of each head's losses over the
 * batches.
 */
export function createLossWeigher(rule: LossWeightRule, heads: readonly string[]): LossWeigher {
  let state = rule.init(heads);
  let batches: ByHead<number>[] = [];
  return {
    weights: () => state.weights,
    afterBatch: (losses) => {
      if (rule.every === 'batch') {
        state = rule.next(state, losses);
      } else {
        batches.push(losses);
      }
    },
    afterEpoch: () => {
      if (rule.every === 'epoch') {
        state = rule.next(state, meanLosses(batches, heads));
        batches = [];
      }
    },
  };
}

function meanLosses(batches: readonly ByHead<number>[], heads: readonly string[]): ByHead<number> {
  return forEachHead(heads, (head) => batches.reduce((sum, losses) => sum + losses[head]!, 0) / batches.length);
}
