/** Transformation `scale`: another amplitude, as of another sensor or a livelier person (Um et al. 2017). */

import { requirePositive, type Transformation } from './transformation.js';

export interface ScaleOptions {
  /** Standard deviation of the factors, whose mean is 1. Default 0.1. */
  readonly standardDeviation?: number;
}

/**
 * Multiplies each channel by a factor of its own, drawn from normal(1, standardDeviation).
 *
 * @throws InvalidInput for a standard deviation that is not above zero.
 */
export function scaleChannels({ standardDeviation = 0.1 }: ScaleOptions = {}): Transformation {
  requirePositive('scale', 'standardDeviation', standardDeviation);
  return (window, into, { channels }, rng) => {
    for (let channel = 0; channel < channels; channel++) {
      const factor = 1 + standardDeviation * rng.normal();
      for (let index = channel; index < window.length; index += channels) {
        into[index] = window[index]! * factor;
      }
    }
  };
}
