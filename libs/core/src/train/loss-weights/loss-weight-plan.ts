/**
 * How the heads' losses are weighed against each other, in a study, a pipeline or a task file: the schema of a plan,
 * and the rule that it describes.
 */

import { z } from 'zod';
import { dynamicAverageLossWeights, uncertaintyLossWeights } from '../../model/loss-weights/adaptive.js';
import type { LossWeightRule } from '../../model/loss-weights/rule.js';
import {
  type WeightAtEpoch,
  type WeightInRound,
  fixedLossWeights,
  scheduledLossWeights,
} from '../../model/loss-weights/scheduled.js';
import type { ByHead } from '../../model/network-spec.js';

/**
 * The name of a rule, or explicit weights, for which exactly one of `fixed` and `schedule` is present.
 *
 * @typeParam Point - What a schedule counts: the epochs of a training, or the rounds of a stage on clients.
 */
export type LossWeightPlan<Point extends WeightAtEpoch | WeightInRound = WeightAtEpoch> =
  | 'equal'
  | 'uncertainty'
  | 'dynamic-average'
  | { readonly fixed?: ByHead<number>; readonly schedule?: ByHead<readonly Point[]> };

export const lossWeight: z.ZodType<number> = z.number().min(0);

const time = z.int().min(1);

export const lossWeightPlan: z.ZodType<LossWeightPlan> = planOf(z.strictObject({ epoch: time, weight: lossWeight }));

/** For stages on clients, where each round is a separate training. */
export const lossWeightPlanInRounds: z.ZodType<LossWeightPlan<WeightInRound>> = planOf(
  z.strictObject({ round: time, weight: lossWeight }),
);

function planOf<Point extends WeightAtEpoch | WeightInRound>(
  point: z.ZodType<Point>,
): z.ZodType<LossWeightPlan<Point>> {
  return z
    .union([
      z.enum(['equal', 'uncertainty', 'dynamic-average']),
      z.strictObject({
        fixed: z.record(z.string(), lossWeight).exactOptional(),
        schedule: z.record(z.string(), z.array(point)).exactOptional(),
      }),
    ])
    .describe('How the losses of the heads are weighed against each other');
}

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
