/** Transformation `channel-shuffle`: the axes of the sensor in another order (Saeed et al. 2019). */

import { shuffledIndices } from '../math/random.js';
import { requireAxes, type Transformation } from './transformation.js';

/**
 * Puts the axes in an order drawn uniformly from all orders but the present one; other channels stay as they are. The
 * transformation throws InvalidInput for windows without axes.
 */
export function shuffleChannels(): Transformation {
  return (window, into, shape, rng) => {
    const axes = requireAxes('channel-shuffle', shape);
    let order = shuffledIndices(axes.length, rng);
    while (order.every((from, to) => from === to)) {
      order = shuffledIndices(axes.length, rng);
    }
    into.set(window);
    for (let place = 0; place < axes.length; place++) {
      const [to, from] = [axes[place]!, axes[order[place]!]!];
      for (let start = 0; start < window.length; start += shape.channels) {
        into[start + to] = window[start + from]!;
      }
    }
  };
}
