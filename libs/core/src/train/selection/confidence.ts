/** A teacher's confidence in its prediction for each window. */

import { mostProbable } from '../../metrics/probabilities.js';

export interface Confidence {
  /** The most probable class, the first where several are equal; shape [window]. */
  readonly classOf: Uint32Array;
  /** The probability of that class, shape [window]. */
  readonly confidence: Float32Array;
}

/** The most probable class of each row, and its probability. */
export function confidenceOf(probabilities: Float32Array, classes: number): Confidence {
  const classOf = new Uint32Array(probabilities.length / classes);
  classOf.forEach((_, window) => {
    classOf[window] = mostProbable(probabilities, window, classes);
  });
  const confidence = Float32Array.from(classOf, (most, window) => probabilities[window * classes + most]!);
  return { classOf, confidence };
}

/** Indices of the values that pass, ascending. */
export function placesWhere(values: Float32Array, passes: (value: number, place: number) => boolean): Uint32Array {
  return Uint32Array.from(values.keys()).filter((place) => passes(values[place]!, place));
}

/** Mean of the values in float64; 0 where there are none. */
export function meanOf(values: Float32Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
