/** FedAdam: Adam at the server, without bias correction (Reddi et al. 2021, arXiv 2003.00295, algorithm 2). */

import { z } from 'zod';
import { serverAdaptive, momentSettings, type MomentSettings } from '../server-steps.js';
import { composeStrategy } from '../strategy.js';
import { weightedMean } from '../weighted-means.js';
import type { StrategyKind } from './strategy-kind.js';

export interface FedAdam extends MomentSettings {
  readonly kind: 'fed-adam';
}

/** v ← β₂ v + (1 - β₂) Δ². */
export const fedAdam: StrategyKind<FedAdam> = {
  kind: 'fed-adam',
  settings: z.strictObject({ kind: z.literal('fed-adam'), ...momentSettings }),
  strategy: (settings) =>
    composeStrategy(
      'fed-adam',
      weightedMean(),
      serverAdaptive(
        'adam',
        settings,
        (before, squaredChange) => settings.beta2 * before + (1 - settings.beta2) * squaredChange,
      ),
    ),
};
