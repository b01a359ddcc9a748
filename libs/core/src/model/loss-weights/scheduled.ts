/** Weights that follow a plan over the epochs. */

import { InvalidInput, type Issue } from '../../errors.js';
import type { ByHead } from '../network-spec.js';
import { forEachHead, weightsOfHeads, type LossWeightRule } from './rule.js';

/** A weight at an epoch; 1 is the first epoch. */
export interface WeightAtEpoch {
  readonly epoch: number;
  readonly weight: number;
}

/**
 * Straight lines between the given points; before the first point its weight, after the last point that one's.
 *
 * @param points - For each head that has a plan, with rising epochs; the other heads count with 1.
 * @throws InvalidInput when a head has no points, or their epochs do not rise.
 */
export function scheduledLossWeights(points: ByHead<readonly WeightAtEpoch[]>): LossWeightRule {
  const issues = Object.entries(points).flatMap(([head, plan]) => issuesOf(head, plan));
  if (issues.length > 0) {
    throw new InvalidInput('loss weights', issues);
  }
  const weightsAt = (heads: readonly string[], epoch: number): ByHead<number> =>
    weightsOfHeads(
      heads,
      forEachHead(Object.keys(points), (head) => weightAt(points[head]!, epoch)),
    );
  return {
    name: 'scheduled',
    every: 'epoch',
    init: (heads) => ({ weights: weightsAt(heads, 1), finished: 0 }),
    next: ({ weights, finished }, losses) => ({
      weights: weightsAt(Object.keys(weights), finished + 2), // The one after the epoch that ended.
      finished: finished + 1,
      losses,
    }),
  };
}

function weightAt(points: readonly WeightAtEpoch[], epoch: number): number {
  const next = points.find((point) => point.epoch > epoch);
  const last = points.findLast((point) => point.epoch <= epoch);
  if (!next || !last) {
    return (next ?? last)!.weight;
  }
  const share = (epoch - last.epoch) / (next.epoch - last.epoch);
  return last.weight + share * (next.weight - last.weight);
}

function issuesOf(head: string, points: readonly WeightAtEpoch[]): readonly Issue[] {
  if (points.length === 0) {
    return [{ path: head, message: 'expected at least one point, found none' }];
  }
  return points.slice(1).flatMap(({ epoch }, index) => {
    const before = points[index]!.epoch;
    const message = `expected an epoch after ${before}, found ${epoch}`;
    return epoch > before ? [] : [{ path: `${head}[${index + 1}].epoch`, message }];
  });
}
