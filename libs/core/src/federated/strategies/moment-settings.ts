/** Settings of the strategies that keep a first and a second moment at the server: FedAdam and FedYogi. */

import { z } from 'zod';
import type { AdaptiveSettings } from '../server-adaptive.js';

export interface MomentSettings extends AdaptiveSettings {
  /** β₂: share of the second moment that is kept after a round. */
  readonly beta2: number;
}

type Shape = { readonly [Key in keyof MomentSettings]: z.ZodDefault<z.ZodNumber> };

export const momentSettings: Shape = {
  learningRate: z.number().positive().default(0.01),
  beta1: z.number().min(0).lt(1).default(0.9).describe('Share of the first moment that stays after a round'),
  beta2: z.number().min(0).lt(1).default(0.99).describe('Share of the second moment that stays after a round'),
  tau: z.number().positive().default(0.001).describe('Parameters whose changes are far below it move little'),
};
