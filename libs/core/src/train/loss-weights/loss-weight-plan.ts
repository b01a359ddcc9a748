/** The schema of how the heads' losses are weighed against each other, in a study, a pipeline or a task file. */

import { z } from 'zod';
import type { WeightAtEpoch, WeightInRound } from '../../model/loss-weights/scheduled.js';
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
