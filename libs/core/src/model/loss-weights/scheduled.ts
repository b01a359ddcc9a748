/** Weights that follow a plan over the epochs of a training, or over the rounds of which each is a training. */

import { InvalidInput, type Issue } from '../../errors.js';
import type { ByHead } from '../network-spec.js';
import { forEachHead, weightsOfHeads, type LossWeightRule } from './rule.js';

/** A weight at an epoch; 1 is the first epoch. */
export interface WeightAtEpoch {
  readonly epoch: number;
  readonly weight: number;
}

/** A weight in a round, for all epochs of it; 1 is the first round. */
export interface WeightInRound {
  readonly round: number;
  readonly weight: number;
}

/** The points of a head: all of them at epochs, or all in rounds. */
type WeightPoints = readonly WeightAtEpoch[] | readonly WeightInRound[];

/**
 * Straight lines between the given points; before the first point its weight, after the last point that one's.
 *
 * @param points - For each head that has a plan, with rising epochs or rounds; the other heads count with 1.
 * @param round - The round that this training is, for points in rounds.
 * @throws InvalidInput when a head has no points, or their epochs or rounds do not rise.
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

/** Points, whatever their times count. */
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
