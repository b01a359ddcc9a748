/** Transformation `noise`: additive Gaussian noise, as a poorer sensor would add (Um et al. 2017, "jittering"). */

import { requirePositive, type Transformation } from './transformation.js';

export interface NoiseOptions {
  /**
   * Standard deviation of the noise, in the unit of the windows (in standard deviations of the channel where windows
   * are normalised). Default 0.05.
   */
  readonly standardDeviation?: number;
}

/**
 * Adds a normal draw to each sample of each channel.
 *
 * @throws InvalidInput for a standard deviation that is not above zero.
 */
export function addNoise({ standardDeviation = 0.05 }: NoiseOptions = {}): Transformation {
  requirePositive('noise', 'standardDeviation', standardDeviation);
  return (window, into, _shape, rng) => {
    for (let index = 0; index < window.length; index++) {
      into[index] = window[index]! + standardDeviation * rng.normal();
    }
  };
}
