/** FedYogi: Yogi at the server (Reddi et al. 2021, arXiv 2003.00295, algorithm 2). */

import { z } from 'zod';
import { serverAdaptive, momentSettings, type MomentSettings } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import { weightedMean } from '../weighted-means.js';
import type { StrategyKind } from './strategy-kind.js';

export interface FedYogi extends MomentSettings {
  readonly kind: 'fed-yogi';
}

/** v ← v - (1 - β₂) Δ² sign(v - Δ²): it decreases more slowly than in Adam. */
export const fedYogi: StrategyKind<FedYogi> = {
  kind: 'fed-yogi',
  settings: z.strictObject({ kind: z.literal('fed-yogi'), ...momentSettings }),
  strategy: (settings) =>
    composeStrategy(
      'fed-yogi',
      weightedMean(),
      serverAdaptive(
        'yogi',
        settings,
        (before, squaredChange) => before - (1 - settings.beta2) * squaredChange * Math.sign(before - squaredChange),
      ),
    ),
};
