/**
 * The type of a rule that weighs the losses of a network's heads against each other, plain numbers in and out, and its
 * application during one training: it is told the losses of every batch, and updates the weights when due.
 */

import { InvalidInput } from '../../errors.js';
import { unknownHeads, type ByHead } from '../network-spec.js';

/** State of a rule. */
export interface LossWeights {
  /** The current factor of each head's loss; every head of the network has one. */
  readonly weights: ByHead<number>;
  /** Number of finished epochs or batches, whichever the rule counts. */
  readonly finished: number;
  /** The losses of the last finished epoch or batch; absent before the first. */
  readonly losses?: ByHead<number>;
}

/** The initial weights, and how they follow from the losses. */
export interface LossWeightRule {
  readonly name: string;
  /** Whether `next` is called after each epoch or after each batch. */
  readonly every: 'epoch' | 'batch';
  /** @throws InvalidInput when the rule names a head that is not among `heads`. */
  init(heads: readonly string[]): LossWeights;
  /**
   * The weights after a batch or an epoch.
   *
   * @param losses - The unweighted loss of each head: of the batch, or the mean over the epoch.
   */
  next(state: LossWeights, losses: ByHead<number>): LossWeights;
}

/**
 * The weights of all heads: those in `weights`, and 1 for the others.
 *
 * @throws InvalidInput when it names another head.
 */
export function weightsOfHeads(heads: readonly string[], weights: ByHead<number>): ByHead<number> {
  const issues = unknownHeads(Object.keys(weights), heads);
  if (issues.length > 0) {
    throw new InvalidInput('loss weights', issues);
  }
  return forEachHead(heads, (head) => weights[head] ?? 1);
}

/** A record with a value for each of `heads`. */
export function forEachHead<T>(heads: readonly string[], valueOf: (head: string) => T): ByHead<T> {
  return Object.fromEntries(heads.map((head) => [head, valueOf(head)]));
}

/** Follows a rule of loss weights through training. */
export interface LossWeigher {
  /** The weights for the next batch. */
  weights(): ByHead<number>;
  /**
   * Called after each batch.
   *
   * @param losses - The loss of each head on the batch, before it is multiplied by its weight.
   */
  afterBatch(losses: ByHead<number>): void;
  /** Called after each epoch. */
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
