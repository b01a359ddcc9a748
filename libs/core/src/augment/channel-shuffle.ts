/** Transformation `channel-shuffle`: the axes of the sensor under other names (Saeed et al. 2019). */

import { shuffledIndices } from '../math/shuffle.js';
import { requireAtLeast } from './requirements.js';
import type { Transformation } from './transformation.js';

/**
 * Puts the channels in an order drawn uniformly from all but the present one. The transformation throws InvalidInput
 * for a window of one channel, which has no other order.
 */
export function shuffleChannels(): Transformation {
  return (window, into, { channels }, rng) => {
    requireAtLeast('channel-shuffle', 'shape.channels', channels, 2);
    let order = shuffledIndices(channels, rng);
    while (order.every((from, to) => from === to)) {
      order = shuffledIndices(channels, rng);
    }
    for (let start = 0; start < window.length; start += channels) {
      for (let channel = 0; channel < channels; channel++) {
        into[start + channel] = window[start + order[channel]!]!;
      }
    }
  };
}
