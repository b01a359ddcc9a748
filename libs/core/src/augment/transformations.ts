/** The eight transformations of the method, with its parameters (Tang et al. 2021; Saeed et al. 2019). */

import { shuffleChannels } from './channel-shuffle.js';
import { negate } from './negate.js';
import { addNoise } from './noise.js';
import { permuteSegments } from './permute.js';
import { rotateAxes } from './rotate.js';
import { scaleChannels } from './scale.js';
import { flipTime } from './time-flip.js';
import { warpTime } from './time-warp.js';
import type { Transformation, TransformationName } from './transformation.js';

/**
 * The transformations, keyed by name.
 *
 * @example
 * const version = new Float32Array(window.length);
 * transformations.rotate(window, version, { length: 400, channels: 3 }, createRng(1));
 */
export const transformations: Readonly<Record<TransformationName, Transformation>> = {
  noise: addNoise(),
  scale: scaleChannels(),
  rotate: rotateAxes(),
  negate: negate(),
  'time-flip': flipTime(),
  permute: permuteSegments(),
  'time-warp': warpTime(),
  'channel-shuffle': shuffleChannels(),
};
