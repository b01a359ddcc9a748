/** The results of each client, accumulated round by round. */

import { compareNaturally, COORDINATOR } from '@gaitway/core';
import type { RoundLine } from '../round-line.js';
import type { ClientResult } from '../run-result.js';

type Outcome = RoundLine['clients'][number];

/** The clients' results after one more round, in natural order of their names. The coordinator is not a client. */
export function withRound(
  clients: readonly ClientResult[],
  outcomes: readonly Outcome[],
  activities: readonly string[],
): readonly ClientResult[] {
  const byName = new Map(clients.map((client) => [client.name, client]));
  for (const entry of outcomes) {
    if (entry.client !== COORDINATOR) {
      const before = byName.get(entry.client) ?? { name: entry.client, windows: 0, accepted: {}, rounds: 0 };
      byName.set(entry.client, withOutcome(before, entry, activities));
    }
  }
  return [...byName.values()].sort((a, b) => compareNaturally(a.name, b.name));
}

function withOutcome(client: ClientResult, outcome: Outcome, activities: readonly string[]): ClientResult {
  if (outcome.outcome === 'abstained') {
    return { ...client, windows: outcome.windows };
  }
  if (outcome.outcome !== 'answered') {
    return client;
  }
  const { windows, accepted } = outcome.summary;
  return {
    name: client.name,
    windows,
    accepted: accepted ? countsByActivity(accepted, activities) : client.accepted,
    rounds: client.rounds + 1,
  };
}

function countsByActivity(counts: readonly number[], activities: readonly string[]): Record<string, number> {
  return Object.fromEntries(activities.map((activity, index) => [activity, counts[index] ?? 0]));
}
