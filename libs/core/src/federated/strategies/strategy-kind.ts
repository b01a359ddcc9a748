/** The type of a strategy that a study can name: the schema of its settings, and the functions that use them. */

import type { z } from 'zod';
import type { LocalSteps, Strategy } from '../strategy.js';

/** What a strategy requires of the training on the clients. */
export interface ClientSide {
  /** μ of FedProx's proximal term; if absent, there is no such term. */
  readonly proximalMu?: number;
  /** Whether SCAFFOLD's control variates correct the steps, which then are those of plain SGD. */
  readonly controlVariate?: boolean;
}

export interface StrategyKind<Settings extends { readonly kind: string }> {
  readonly kind: Settings['kind'];
  /** Every setting has a default. */
  readonly settings: z.ZodType<Settings> & z.core.$ZodTypeDiscriminable;
  readonly strategy: (settings: Settings, localSteps: LocalSteps) => Strategy;
  /** Absent where clients train in the default way. */
  readonly client?: (settings: Settings) => ClientSide;
}
