/** How a recording's samples become the inputs of a network: plain data, part of every stored model. */

import type { DerivedChannel } from './derived-channels.js';

/** What normalisation subtracts and divides by; plain JSON data, in the order of the recordings' channels. */
export interface Normalisation {
  /** [channel], in g. */
  readonly mean: readonly number[];
  /** [channel], in g; never 0. */
  readonly standardDeviation: readonly number[];
}

export interface InputSpec {
  readonly normalisation: Normalisation;
  /** Inputs that are worked out of a window's axes; they stand behind the channels themselves. */
  readonly derived: readonly DerivedChannel[];
}

/**
 * What the axes are divided by where a study normalises by a constant: the root mean square of an axis, of which gravity
 * alone makes 1/√3. No mean is taken off, so the zero and the direction of gravity stay.
 */
const AXIS_SCALE = 0.65;

/** The normalisation of three axes by the same constant for everybody: nothing has to be measured or sent. */
export const axesNormalisation: Normalisation = {
  mean: [0, 0, 0],
  standardDeviation: [AXIS_SCALE, AXIS_SCALE, AXIS_SCALE],
};
