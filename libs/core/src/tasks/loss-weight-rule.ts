/** The rule that a task file names. */

import { dynamicAverageLossWeights } from '../model/loss-weights/dynamic-average.js';
import { fixedLossWeights } from '../model/loss-weights/fixed.js';
import type { LossWeightRule } from '../model/loss-weights/rule.js';
import { scheduledLossWeights } from '../model/loss-weights/scheduled.js';
import { uncertaintyLossWeights } from '../model/loss-weights/uncertainty.js';
import type { WeightPlan } from './task-plan.js';

/** Of the descent on log σ²: a weight is near its place of rest after some hundred batches. */
const UNCERTAINTY_RATE = 0.01;

/** @throws InvalidInput when a schedule's epochs do not rise. */
export function lossWeightRule(plan: WeightPlan): LossWeightRule {
  switch (plan.kind) {
    case 'fixed':
      return fixedLossWeights(plan.weights);
    case 'scheduled':
      return scheduledLossWeights(plan.points);
    case 'dynamic-average':
      return dynamicAverageLossWeights;
    case 'uncertainty':
      return uncertaintyLossWeights({ rate: UNCERTAINTY_RATE });
  }
}
