/** Who is here: one live connection for each name, joined or about to. */

import type { ClientId } from '@gaitway/core';
import type { FromCoordinator } from '@gaitway/protocol';
import type { ClientConnection } from './client-connection.js';
import type { Departure } from './connection-lost.js';

/** A client that was welcomed. */
export interface Guest {
  readonly client: ClientId;
  readonly session: string;
  /** Version of its Gaitway. */
  readonly gaitway: string;
  tell(message: FromCoordinator): void;
  /** Ends its connection. */
  dismiss(departure: Departure): void;
}

export interface Roster {
  /** The live guest of that name. */
  guest(client: ClientId): Guest | undefined;
  guests(): readonly Guest[];
  /** Notes a guest. The name must be free. */
  welcome(guest: Guest): void;
  /** From now on the guest can be asked. */
  join(guest: Guest, connection: ClientConnection): void;
  /** Forgets a guest. */
  leave(guest: Guest): void;
  /** Names of those who joined, sorted. */
  joined(): readonly ClientId[];
  connection(client: ClientId): ClientConnection | undefined;
  /** Calls `listener` after somebody joined or left, until the result is called. */
  onChange(listener: () => void): () => void;
}

export function createRoster(): Roster {
  const guests = new Map<ClientId, Guest>();
  const connections = new Map<ClientId, ClientConnection>();
  const listeners = new Set<() => void>();
  let joined: readonly ClientId[] = [];
  const noteChange = (): void => {
    joined = [...connections.keys()].sort();
    listeners.forEach((listener) => {
      listener();
    });
  };
  return {
    guest: (client) => guests.get(client),
    guests: () => [...guests.values()],
    welcome: (guest) => {
      guests.set(guest.client, guest);
    },
    join: ({ client }, connection) => {
      connections.set(client, connection);
      noteChange();
    },
    leave: (guest) => {
      if (guests.get(guest.client) === guest) {
        guests.delete(guest.client);
        if (connections.delete(guest.client)) {
          noteChange();
        }
      }
    },
    joined: () => joined,
    connection: (client) => connections.get(client),
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
