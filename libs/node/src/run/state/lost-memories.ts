/** Clients that should have continued from an earlier round, but started anew. */

import type { LostState } from '@gaitway/core';
import type { RoundLine } from '../round-line.js';

export interface LostMemory {
  readonly client: string;
  readonly lost: LostState;
}

export function lostMemories(clients: RoundLine['clients']): readonly LostMemory[] {
  return clients.flatMap((entry) =>
    entry.outcome === 'answered' && entry.summary.lost ? [{ client: entry.client, lost: entry.summary.lost }] : [],
  );
}
