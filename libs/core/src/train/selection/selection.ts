/** What every rule of selection is: from a teacher's probabilities to the windows that are learned from. */

import type { z } from 'zod';

export interface Selection {
  /** Ascending. */
  readonly windows: Uint32Array;
  /** Of each of these windows in the activity head's loss; all 1 where absent. */
  readonly weights?: Float32Array;
}

/** @param probabilities - [window, class]; whole rows stay the windows' soft labels */
export type SelectionRule = (probabilities: Float32Array, classes: number) => Selection;

/** A kind of rule: how a study writes its settings, and the rule that they make. */
export interface SelectionKind<Settings> {
  readonly settings: z.ZodType<Settings> & z.core.$ZodTypeDiscriminable;
  readonly rule: (settings: Settings) => SelectionRule;
}
