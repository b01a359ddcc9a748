/**
 * All selection rules, keyed by the kind that a study names. To add one, write its file and add a line to each list
 * here.
 */

import { requireProbabilities } from '../../metrics/probabilities.js';
import { adaptive, type AdaptiveSelection } from './adaptive.js';
import { calibrated, type CalibratedSelection } from './calibrated.js';
import { confident, type ConfidentSelection } from './confident.js';
import { fixed, type FixedSelection } from './fixed.js';
import type { SelectionKind, SelectionRule } from './selection.js';
import { softMatch, type SoftMatchSelection } from './soft-match.js';

/** Which of a teacher's labels are used: the settings of one rule. */
export type SelectionPlan =
  ConfidentSelection | FixedSelection | AdaptiveSelection | SoftMatchSelection | CalibratedSelection;

type RuleOf<Kind> = SelectionKind<Extract<SelectionPlan, { readonly kind: Kind }>>;

/** The kinds of selection, keyed by the names that study files call them by. */
export const selectionRules: { readonly [Kind in SelectionPlan['kind']]: RuleOf<Kind> } = {
  confident,
  fixed,
  adaptive,
  'soft-match': softMatch,
  calibrated,
};

/**
 * Creates the rule for these settings. It throws InvalidInput for an incomplete row or a probability outside [0, 1].
 *
 * @example
 * const { windows } = selectionRule({ kind: 'fixed', threshold: 0.95 })(probabilities, classes);
 */
export function selectionRule(plan: SelectionPlan): SelectionRule {
  const { rule } = selectionRules[plan.kind] as SelectionKind<SelectionPlan>; // the kind says whose settings they are
  const select = rule(plan);
  return (probabilities, classes) => {
    requireProbabilities('teacher', probabilities, classes);
    return select(probabilities, classes);
  };
}
