/**
 * The type of a selection rule, which selects the windows to train on by a teacher's probabilities, and the teacher's
 * confidence in its prediction for each window, by which most rules do that.
 */

import type { z } from 'zod';
import { mostProbable } from '../../metrics/probabilities.js';

/** The windows that a client trains on. */
export interface Selection {
  /** Indices of the selected windows, ascending. */
  readonly windows: Uint32Array;
  /** Weight of each of these windows in the activity head's loss; all 1 where absent. */
  readonly weights?: Float32Array;
}

/**
 * Selects the windows to train on by a teacher's probabilities.
 *
 * @param probabilities - Whole rows remain the windows' soft labels; shape [window, class]
 */
export type SelectionRule = (probabilities: Float32Array, classes: number) => Selection;

/** A kind of rule: the schema of its settings, and the function that creates the rule from them. */
export interface SelectionKind<Settings> {
  readonly settings: z.ZodType<Settings> & z.core.$ZodTypeDiscriminable;
  /** The rule with these settings. */
  readonly rule: (settings: Settings) => SelectionRule;
}

/** A teacher's confidence in its prediction for each window. */
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
export function indicesWhere(values: Float32Array, passes: (value: number, place: number) => boolean): Uint32Array {
  return Uint32Array.from(values.keys()).filter((place) => passes(values[place]!, place));
}

/** Mean of the values in float64; 0 where there are none. */
export function meanOf(values: Float32Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
