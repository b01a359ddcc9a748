/** The type of a selection rule, which selects the windows to train on by a teacher's probabilities. */

import type { z } from 'zod';

export interface Selection {
  /** Indices of the selected windows, ascending. */
  readonly windows: Uint32Array;
  /** Weight of each of these windows in the activity head's loss; all 1 where absent. */
  readonly weights?: Float32Array;
}

/** @param probabilities - Whole rows remain the windows' soft labels; shape [window, class] */
export type SelectionRule = (probabilities: Float32Array, classes: number) => Selection;

/** A kind of rule: the schema of its settings, and the function that creates the rule from them. */
export interface SelectionKind<Settings> {
  readonly settings: z.ZodType<Settings> & z.core.$ZodTypeDiscriminable;
  readonly rule: (settings: Settings) => SelectionRule;
}
