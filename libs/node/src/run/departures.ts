/**
 * Clients that were gone before the last round of a run had ended: their keys were revoked, or they left and did not come
 * back.
 */

import { revocationReason } from '../identity/admission.js';
import type { LoggedEvent } from './events/events.js';
import type { RoundLine } from './round-line.js';

export interface Departure {
  readonly client: string;
  readonly what: 'revoked' | 'left';
  readonly reason: string;
  /** The rounds in which its update counted, by stage: what it contributed stays in the models of these rounds. */
  readonly rounds: ReadonlyMap<string, readonly number[]>;
}

/** Why a client is gone of which nothing was heard after the coordinator had been started again. */
const NOT_BACK = 'it did not come back when the coordinator was started again';

/** The clients that were gone, by name. A run without connections, such as a simulation, has none. */
export function departuresOf(events: readonly LoggedEvent[], rounds: readonly RoundLine[]): readonly Departure[] {
  const gone = goneClients(events);
  return [...gone]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([client, reason]) => ({
      client,
      what: reason === revocationReason(client) ? 'revoked' : 'left',
      reason,
      rounds: contributions(client, rounds),
    }));
}

/** The clients that had joined and were not there when the last round ended, with the reason. */
function goneClients(events: readonly LoggedEvent[]): ReadonlyMap<string, string> {
  const end = events.findLastIndex(({ event }) => event === 'round-completed' || event === 'round-aborted');
  const joined = new Set<string>();
  const gone = new Map<string, string>();
  for (const { event, client, reason = '' } of events.slice(0, Math.max(0, end))) {
    if (event === 'run-resumed') {
      [...joined].filter((name) => !gone.has(name)).forEach((name) => gone.set(name, NOT_BACK));
    } else if (client !== undefined && event === 'client-joined') {
      joined.add(client);
      gone.delete(client);
    } else if (client !== undefined && (event === 'client-left' || isRevocation(event, client, reason, gone))) {
      gone.set(client, reason);
    }
  }
  return gone;
}

/** Whether a client that was away came back and was told that its key had been revoked meanwhile. */
function isRevocation(event: string, client: string, reason: string, gone: ReadonlyMap<string, string>): boolean {
  return event === 'client-refused' && gone.has(client) && reason === revocationReason(client);
}

function contributions(client: string, lines: readonly RoundLine[]): Departure['rounds'] {
  const rounds = new Map<string, number[]>();
  for (const { stage, round, phase, clients } of lines) {
    const counted = clients.some((entry) => entry.client === client && entry.outcome === 'answered');
    if (phase === 'completed' && counted) {
      rounds.set(stage, [...(rounds.get(stage) ?? []), round]);
    }
  }
  return rounds;
}
