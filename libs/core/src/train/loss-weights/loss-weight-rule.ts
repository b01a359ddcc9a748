/** Creates the rule that a plan of loss weights describes. */

import { dynamicAverageLossWeights, uncertaintyLossWeights } from '../../model/loss-weights/adaptive.js';
import { fixedLossWeights, scheduledLossWeights, type WeightInRound } from '../../model/loss-weights/scheduled.js';
import type { LossWeightRule } from '../../model/loss-weights/rule.js';
import type { LossWeightPlan } from './loss-weight-plan.js';

/** Learning rate of the descent on log σ²: a weight is close to its fixed point after a few hundred batches. */
const UNCERTAINTY_RATE = 0.01;

/**
 * @param round - The round of this training, for plans in rounds.
 * @throws InvalidInput when a schedule's epochs or rounds do not ascend.
 */
export function lossWeightRule(plan: LossWeightPlan | LossWeightPlan<WeightInRound>, round?: number): LossWeightRule {
  switch (plan) {
    case 'equal':
      return fixedLossWeights({});
    case 'dynamic-average':
      return dynamicAverageLossWeights;
    case 'uncertainty':
      return uncertaintyLossWeights({ rate: UNCERTAINTY_RATE });
    default:
      return plan.schedule ? scheduledLossWeights(plan.schedule, round) : fixedLossWeights(plan.fixed ?? {});
  }
}
