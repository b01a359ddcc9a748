/** Waits, at the end of a study, until its clients have left: a client leaves once it has learned how the study ended. */

import type { ClientId } from '@gaitway/core';
import { untilAborted } from '@gaitway/core/internal';

export interface ConnectionDrain {
  /** Notes a client that is connected, perhaps again. */
  joined(client: ClientId): void;
  /** Notes a client that left of its own accord. */
  left(client: ClientId): void;
  /** Those of these clients, and of all that ever joined, that have not left. */
  remaining(clients: readonly ClientId[]): readonly ClientId[];
  /** Resolves when none of them remains; rejects with the signal's reason. */
  untilDrained(clients: readonly ClientId[], signal: AbortSignal): Promise<void>;
}

/** Makes the drain of a study without clients. */
export function createConnectionDrain(): ConnectionDrain {
  const gone = new Set<ClientId>();
  const seen = new Set<ClientId>();
  const listeners = new Set<() => void>();
  const remaining = (clients: readonly ClientId[]): readonly ClientId[] =>
    [...new Set([...clients, ...seen])].filter((client) => !gone.has(client));
  return {
    remaining,
    joined: (client) => {
      gone.delete(client);
      seen.add(client);
    },
    left: (client) => {
      gone.add(client);
      listeners.forEach((listener) => {
        listener();
      });
    },
    untilDrained: (clients, signal) => {
      const drained = (): Promise<void> =>
        new Promise((resolve) => {
          const check = (): void => {
            if (remaining(clients).length === 0) {
              listeners.delete(check);
              resolve();
            }
          };
          listeners.add(check);
          check();
        });
      return untilAborted(drained, signal);
    },
  };
}
