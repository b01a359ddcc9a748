/** Clients that are connected and never answer: rounds would begin with them again and again. */

import type { ClientId, RoundReport } from '@gaitway/core';

/** Rounds in a row whose deadline a client may miss. */
const MISSED_ROUNDS = 3;

/** Seconds for which a client that missed more has to stay away. */
const REST_SECONDS = 600;

export interface SilentClients {
  /** Takes the outcomes of a round. Returns the clients that missed the deadlines of too many in a row. */
  note(outcomes: RoundReport['clients']): readonly ClientId[];
  /** Whether a client has to stay away. */
  mustRest(client: ClientId): boolean;
}

/** @param now - Milliseconds since any fixed time; must not go backwards */
export function silentClients(now: () => number): SilentClients {
  const missed = new Map<ClientId, number>();
  const restsUntil = new Map<ClientId, number>();
  return {
    note: (outcomes) =>
      outcomes.flatMap(({ client, outcome }) => {
        if (outcome !== 'late') {
          if (outcome !== 'surplus') {
            missed.delete(client); // somebody who was not waited for may have been about to answer
          }
          return [];
        }
        const count = (missed.get(client) ?? 0) + 1;
        missed.set(client, count);
        if (count < MISSED_ROUNDS) {
          return [];
        }
        missed.delete(client);
        restsUntil.set(client, now() + REST_SECONDS * 1000);
        return [client];
      }),
    mustRest: (client) => {
      const isResting = (restsUntil.get(client) ?? 0) > now();
      if (!isResting) {
        restsUntil.delete(client);
      }
      return isResting;
    },
  };
}
