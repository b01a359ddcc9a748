/** Centred clipping (Karimireddy et al. 2021, arXiv 2012.10333, algorithm 1). */

import { z } from 'zod';
import { fromAllUpdates, medianOf, perCoordinate } from '../all-updates.js';
import { serverSgd } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import { LEAST_OF_MEDIAN } from './median.js';
import type { StrategyKind } from './strategy-kind.js';

export interface CentredClipping {
  readonly kind: 'centred-clipping';
  /**
   * τ: the Euclidean distance from the centre at which updates are clipped; `median` is the median distance of the
   * updates.
   */
  readonly radius: 'median' | number;
  /** Number of times that the centre moves. */
  readonly iterations: number;
}

/**
 * v ← v + mean over i of (xᵢ - v) · min(1, τ / ‖xᵢ - v‖), so that no update moves the centre v by more than τ / n. In
 * the paper v begins where the last round ended and clients send momenta. Here clients start anew in each round, and so
 * does v: at the coordinate-wise median.
 */
export const centredClipping: StrategyKind<CentredClipping> = {
  kind: 'centred-clipping',
  settings: z.strictObject({
    kind: z.literal('centred-clipping'),
    radius: z
      .union([z.literal('median'), z.number().positive()])
      .default('median')
      .describe('How far from the centre an update may pull; median: as far as the updates are, by their median'),
    iterations: z.int().min(1).default(1).describe('How often the centre moves'),
  }),
  strategy: ({ radius, iterations }) =>
    composeStrategy(
      'centred-clipping',
      fromAllUpdates({
        name: 'centred-clipping',
        minUpdates: LEAST_OF_MEDIAN,
        aggregate: (deltas) =>
          Array.from({ length: iterations }).reduce<Float64Array>(
            (centre) => movedCentre(centre, deltas, radius),
            perCoordinate(deltas, medianOf),
          ),
      }),
      serverSgd(1),
    ),
};

function movedCentre(
  centre: Float64Array,
  deltas: readonly Float32Array[],
  radius: CentredClipping['radius'],
): Float64Array {
  const distances = Float64Array.from(deltas, (delta) => distance(delta, centre));
  const reach = radius === 'median' ? medianOf(distances.toSorted()) : radius;
  const factors = distances.map((length) => (length > reach ? reach / length : 1));
  return centre.map((value, parameter) => {
    const pull = deltas.reduce((sum, delta, place) => sum + factors[place]! * (delta[parameter]! - value), 0);
    return value + pull / deltas.length;
  });
}

function distance(delta: Float32Array, centre: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < delta.length; index++) {
    const difference = delta[index]! - centre[index]!;
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
