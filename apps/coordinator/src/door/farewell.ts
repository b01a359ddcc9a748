/** Who still has to hear how the study ended. A client that hears it leaves of its own accord. */

import { untilAborted, type ClientId } from '@gaitway/core';

export interface Farewell {
  /** A client is here, perhaps again. */
  arrived(client: ClientId): void;
  /** A client left of its own accord. */
  left(client: ClientId): void;
  /** Those of them, and of all who were here, who have not left. */
  missing(clients: readonly ClientId[]): readonly ClientId[];
  /** Resolves when none of them is missing; rejects with the signal's reason. */
  untilLeft(clients: readonly ClientId[], signal: AbortSignal): Promise<void>;
}

export function createFarewell(): Farewell {
  const gone = new Set<ClientId>();
  const here = new Set<ClientId>();
  const listeners = new Set<() => void>();
  const missing = (clients: readonly ClientId[]): readonly ClientId[] =>
    [...new Set([...clients, ...here])].filter((client) => !gone.has(client));
  return {
    missing,
    arrived: (client) => {
      gone.delete(client);
      here.add(client);
    },
    left: (client) => {
      gone.add(client);
      listeners.forEach((listener) => {
        listener();
      });
    },
    untilLeft: (clients, signal) => {
      const left = (): Promise<void> =>
        new Promise((resolve) => {
          const check = (): void => {
            if (missing(clients).length === 0) {
              listeners.delete(check);
              resolve();
            }
          };
          listeners.add(check);
          check();
        });
      return untilAborted(left, signal);
    },
  };
}
