/** FixMatch's selection: one threshold for all classes (Sohn et al. 2020, arXiv 2001.07685, eq. 4). */

import { z } from 'zod';
import { confidenceOf, indicesWhere, type SelectionKind } from './selection.js';

export interface FixedSelection {
  readonly kind: 'fixed';
  /** Windows whose highest probability is lower are left out. */
  readonly threshold: number;
}

/** Keeps window i where max p_i >= threshold. */
export const fixed: SelectionKind<FixedSelection> = {
  settings: z.strictObject({ kind: z.literal('fixed'), threshold: z.number().min(0).max(1).default(0.95) }),
  rule:
    ({ threshold }) =>
    (probabilities, classes) => ({
      windows: indicesWhere(confidenceOf(probabilities, classes).confidence, (value) => value >= threshold),
    }),
};
