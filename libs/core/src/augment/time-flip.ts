/** Transformation `time-flip`: the window in reverse time order (Saeed et al. 2019). */

import type { Transformation } from './transformation.js';

/** Reverses the order of the time steps; the channels stay in place. */
export function flipTime(): Transformation {
  return (window, into, { channels }) => {
    for (let start = 0; start < window.length; start += channels) {
      const mirrored = window.length - channels - start;
      for (let channel = 0; channel < channels; channel++) {
        into[start + channel] = window[mirrored + channel]!;
      }
    }
  };
}
