/** What every rule is that weighs the losses of a network's heads against each other: plain numbers in and out. */

import { InvalidInput } from '../../errors.js';
import { unknownHeads } from '../heads/head-names.js';
import type { ByHead } from '../network-spec.js';

/** Where a rule stands. */
export interface LossWeights {
  /** What each head's loss is multiplied by now; every head of the network has one. */
  readonly weights: ByHead<number>;
  /** What was learned from so far: epochs or batches, as the rule counts. */
  readonly finished: number;
  /** The losses of the epoch or batch that was finished last; absent before the first. */
  readonly losses?: ByHead<number>;
}

/** How the weights begin, and how they follow from the losses. */
export interface LossWeightRule {
  readonly name: string;
  /** What `next` is called after. */
  readonly every: 'epoch' | 'batch';
  /** @throws InvalidInput when the rule names a head that is not among `heads`. */
  init(heads: readonly string[]): LossWeights;
  /** @param losses - The loss of each head, before its weight: of the batch, or the mean over the epoch. */
  next(state: LossWeights, losses: ByHead<number>): LossWeights;
}

/**
 * Weights that `weights` gives some of the heads; the others count with 1.
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

/** Something for each of `heads`. */
export function forEachHead<T>(heads: readonly string[], valueOf: (head: string) => T): ByHead<T> {
  return Object.fromEntries(heads.map((head) => [head, valueOf(head)]));
}
