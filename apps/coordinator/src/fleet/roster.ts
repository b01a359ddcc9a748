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
  /** Notes whether a guest can be given tasks; from its welcome on it can. */
  setAvailable(guest: Guest, available: boolean): void;
  /** Names of those who joined and can be given tasks, sorted. */
  available(): readonly ClientId[];
  connection(client: ClientId): ClientConnection | undefined;
  /** Calls `listener` after somebody joined or left, or can be given tasks or not, until the result is called. */
  onChange(listener: () => void): () => void;
}

export function createRoster(): Roster {
  const guests = new Map<ClientId, Guest>();
  const connections = new Map<ClientId, ClientConnection>();
  const listeners = createListeners();
  const unavailable = new Set<ClientId>();
  let joined: readonly ClientId[] = [];
  let available: readonly ClientId[] = [];
  const noteChange = (): void => {
    joined = [...connections.keys()].sort();
    available = joined.filter((client) => !unavailable.has(client));
    listeners.tell();
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
        unavailable.delete(guest.client);
        if (connections.delete(guest.client)) {
          noteChange();
        }
      }
    },
    joined: () => joined,
    setAvailable: ({ client }, isAvailable) => {
      if (isAvailable) {
        unavailable.delete(client);
      } else {
        unavailable.add(client);
      }
      noteChange();
    },
    available: () => available,
    connection: (client) => connections.get(client),
    onChange: (listener) => listeners.add(listener),
  };
}

interface Listeners {
  tell(): void;
  /** The result takes it away. */
  add(listener: () => void): () => void;
}

function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    tell: () => {
      listeners.forEach((listener) => {
        listener();
      });
    },
    add: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
