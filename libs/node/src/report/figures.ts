/** The figures that sum up an evaluation, in the order in which reports show them. */

import type { Evaluation } from '@gaitway/core';

export interface Figure {
  readonly name: string;
  readonly of: (evaluation: Evaluation) => number | null;
}

export const figures: readonly Figure[] = [
  { name: 'Weighted F1', of: ({ weightedF1 }) => weightedF1 },
  { name: 'Macro F1', of: ({ macroF1 }) => macroF1 },
  { name: 'Accuracy', of: ({ accuracy }) => accuracy },
  { name: 'Kappa', of: ({ kappa }) => kappa },
  { name: 'ROC AUC', of: ({ rocAuc }) => rocAuc },
];
