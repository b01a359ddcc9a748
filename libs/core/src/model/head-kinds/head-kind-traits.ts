/** What every kind of head is: what it learns by, what its targets are, and what its logits say. */

import type { Loss } from '../heads/losses.js';

/** The targets of a window: a probability for each class, summing to 1; for each output 1 or 0; or any number. */
export type TargetForm = 'classes' | 'yes-or-no' | 'numbers';

export interface HeadKindTraits<Kind extends string, Targets extends TargetForm, InTaskFiles extends boolean = true> {
  readonly kind: Kind;
  readonly targets: Targets;
  /** Whether a task file can name it. */
  readonly inTaskFiles: InTaskFiles;
  readonly loss: Loss;
  /** Predictions [row, output] from logits. */
  readonly predictions: (logits: Float32Array, outputs: number) => Float32Array;
}
