/** Transformation `negate`: the sensor worn the other way round, all axes at once (Saeed et al. 2019). */

import type { Transformation } from './transformation.js';

/** Changes the sign of each sample. */
export function negate(): Transformation {
  return (window, into) => {
    for (let index = 0; index < window.length; index++) {
      into[index] = -window[index]!;
    }
  };
}
