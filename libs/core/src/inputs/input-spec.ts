/** How a recording's samples become the inputs of a network, as plain data that is part of every stored model. */

import type { DerivedChannel } from './derived-channels.js';

/**
 * The mean that normalisation subtracts and the deviation it divides by; plain JSON data, in the order of the channels.
 */
export interface Normalisation {
  /** In g; shape [channel]. */
  readonly mean: readonly number[];
  /** In g, never 0; shape [channel]. */
  readonly standardDeviation: readonly number[];
}

export interface InputSpec {
  readonly normalisation: Normalisation;
  /** Inputs that are computed from a window's axes; they follow the channels themselves. */
  readonly derived: readonly DerivedChannel[];
}

/**
 * The divisor of the axes where a study normalises by a constant: the root mean square of an axis, to which gravity
 * alone contributes 1/√3. No mean is subtracted, so the zero and the direction of gravity are kept.
 */
const AXIS_SCALE = 0.65;

/** The normalisation of three axes by the same constant for everybody: nothing has to be measured or sent. */
export const axesNormalisation: Normalisation = {
  mean: [0, 0, 0],
  standardDeviation: [AXIS_SCALE, AXIS_SCALE, AXIS_SCALE],
};
