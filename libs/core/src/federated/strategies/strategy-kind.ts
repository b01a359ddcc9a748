/** What every strategy is that a study can name: how its settings are written, and what they make. */

import type { z } from 'zod';
import type { LocalSteps } from '../local-steps.js';
import type { Strategy } from '../strategy.js';

/** What a strategy asks of the training on the clients. */
export interface ClientSide {
  /** μ of FedProx's proximal term; without it there is none. */
  readonly proximalMu?: number;
  /** Whether SCAFFOLD's control variates correct the steps, which then are those of plain SGD. */
  readonly controlVariate?: boolean;
}

export interface StrategyKind<Settings extends { readonly kind: string }> {
  readonly kind: Settings['kind'];
  /** Every setting has a default. */
  readonly settings: z.ZodType<Settings> & z.core.$ZodTypeDiscriminable;
  readonly strategy: (settings: Settings, localSteps: LocalSteps) => Strategy;
  /** Absent where clients train as they always do. */
  readonly client?: (settings: Settings) => ClientSide;
}
