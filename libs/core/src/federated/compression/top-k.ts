/**
 * Sends the largest changes only (Aji & Heafield 2017, arXiv 1704.05021); the others are lost, or added to the next
 * update where there is error feedback.
 */

import { z } from 'zod';
import { feedback, type CompressionKind, type Feedback } from './compression-kind.js';
import { gapsOf, putPlaced, type PlacedValues } from './placed-values.js';

export interface TopK extends Feedback {
  readonly kind: 'top-k';
  /** Fraction of the parameters that is sent, rounded up. */
  readonly share: number;
}

export interface TopKDelta extends PlacedValues {
  readonly kind: 'top-k';
}

/** From about here on `fp16` is as small and keeps all changes. */
const LARGEST_SHARE = 0.5;

const MAGNITUDE = 0x7fffffff;

export const topK: CompressionKind<TopK, TopKDelta> = {
  kind: 'top-k',
  settings: z.strictObject({
    kind: z.literal('top-k'),
    feedback,
    share: z.number().gt(0).max(LARGEST_SHARE).default(0.1).describe('Of the parameters, how many changes travel'),
  }),
  pack: (delta, { share }) => {
    const places = largestPlaces(delta, Math.ceil(share * delta.length));
    return { kind: 'top-k', gaps: gapsOf(places), values: Float32Array.from(places, (place) => delta[place]!) };
  },
  unpack: (packed, size) => putPlaced(new Float32Array(size), packed),
};

/**
 * Positions of the largest magnitudes; the first of equal ones. Zeros are never sent. NaN is larger than any number.
 */
function largestPlaces(delta: Float32Array, count: number): Uint32Array {
  // As integers, magnitudes have the same order as the singles themselves, and NaN is above Infinity.
  const magnitudes = new Uint32Array(delta.slice().buffer);
  for (let place = 0; place < magnitudes.length; place++) {
    magnitudes[place]! &= MAGNITUDE;
  }
  const sorted = magnitudes.toSorted();
  const least = Math.max(1, sorted[sorted.length - count] ?? 1);
  let ofTheLeast = sorted.lastIndexOf(least) - (sorted.length - count) + 1;
  const places = new Uint32Array(count);
  let found = 0;
  for (let place = 0; place < magnitudes.length; place++) {
    const magnitude = magnitudes[place]!;
    if (magnitude > least || (magnitude === least && ofTheLeast-- > 0)) {
      places[found++] = place;
    }
  }
  return places.subarray(0, found);
}
