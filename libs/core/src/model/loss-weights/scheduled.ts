/**
 * Weights that are constant, or that follow a schedule over the epochs of a training, or over rounds, each of which is
 * a training.
 */

import { InvalidInput, type Issue } from '../../errors.js';
import type { ByHead } from '../network-spec.js';
import { weightsOfHeads, type LossWeightRule, forEachHead } from './rule.js';

/**
 * Loss weights that stay as they are.
 *
 * @param weights - Heads that are not named have weight 1.
 */
export function fixedLossWeights(weights: ByHead<number>): LossWeightRule {
  return {
    name: 'fixed',
    every: 'epoch',
    init: (heads) => ({ weights: weightsOfHeads(heads, weights), finished: 0 }),
    next: (state, losses) => ({ weights: state.weights, finished: state.finished + 1, losses }),
  };
}

/** The weight of a head at an epoch; epochs count from 1. */
export interface WeightAtEpoch {
  readonly epoch: number;
  readonly weight: number;
}

/** The weight of a head in a round, for all of its epochs; rounds count from 1. */
export interface WeightInRound {
  readonly round: number;
  readonly weight: number;
}

/** The points of a head's schedule, either all at epochs or all in rounds. */
type WeightPoints = readonly WeightAtEpoch[] | readonly WeightInRound[];

/**
 * Linear interpolation between the given points; constant before the first point and after the last.
 *
 * @param points - Points of each head that has a schedule, with ascending epochs or rounds; the other heads have weight
 *   1.
 * @param round - The round of this training, for points in rounds.
 * @throws InvalidInput when a head has no points, or their epochs or rounds do not ascend.
 */
export function scheduledLossWeights(points: ByHead<WeightPoints>, round = 1): LossWeightRule {
  const lines = forEachHead(Object.keys(points), (head) => lineOf(points[head]!));
  const issues = Object.entries(lines).flatMap(([head, line]) => issuesOf(head, line));
  if (issues.length > 0) {
    throw new InvalidInput('loss weights', issues);
  }
  const weightsAt = (heads: readonly string[], epoch: number): ByHead<number> =>
    weightsOfHeads(
      heads,
      forEachHead(Object.keys(lines), (head) => weightAt(lines[head]!, { epoch, round })),
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

/** Points in either unit of time. */
interface Line {
  readonly unit: 'epoch' | 'round';
  readonly points: readonly { readonly time: number; readonly weight: number }[];
}

function lineOf(points: WeightPoints): Line {
  return {
    unit: points.some((point) => 'round' in point) ? 'round' : 'epoch',
    points: points.map((point) => ({ time: 'round' in point ? point.round : point.epoch, weight: point.weight })),
  };
}

function weightAt({ unit, points }: Line, now: Readonly<Record<Line['unit'], number>>): number {
  const next = points.find(({ time }) => time > now[unit]);
  const last = points.findLast(({ time }) => time <= now[unit]);
  if (!next || !last) {
    return (next ?? last)!.weight;
  }
  const share = (now[unit] - last.time) / (next.time - last.time);
  return last.weight + share * (next.weight - last.weight);
}

function issuesOf(head: string, { unit, points }: Line): readonly Issue[] {
  if (points.length === 0) {
    return [{ path: head, message: 'expected at least one point, found none' }];
  }
  return points.slice(1).flatMap(({ time }, index) => {
    const before = points[index]!.time;
    const message = `expected ${unit === 'epoch' ? 'an epoch' : 'a round'} after ${before}, found ${time}`;
    return time > before ? [] : [{ path: `${head}[${index + 1}].${unit}`, message }];
  });
}
