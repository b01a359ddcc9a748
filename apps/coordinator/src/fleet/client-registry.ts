/** The clients that are connected, at most one under each name: those that were welcomed, and among them those that joined. */

import type { ClientId } from '@gaitway/core';
import type { FromCoordinator } from '@gaitway/protocol';
import type { ClientConnection } from './client-connection.js';
import type { Disconnection } from './disconnection.js';

/** A client that was welcomed. */
export interface RegisteredClient {
  readonly client: ClientId;
  /** The fingerprint of its key. */
  readonly key: string;
  /** The key itself: 32 bytes in base64url. */
  readonly publicKey: string;
  /** The version of the client's Gaitway. */
  readonly gaitway: string;
  /** Sends a short message at once. */
  send(message: FromCoordinator): void;
  /** Ends the client's connection. */
  close(disconnection: Disconnection): void;
  /** Sends the client away for good, with the reason. */
  refuse(reason: 'revoked', text: string): void;
  /** Sends the client away for a while. */
  postpone(reason: 'never-answers', text: string): void;
}

export interface ClientRegistry {
  /** The connected client of that name. */
  client(name: ClientId): RegisteredClient | undefined;
  clients(): readonly RegisteredClient[];
  /** Adds a client that was welcomed. Its name must be free. */
  add(client: RegisteredClient): void;
  /** Notes that a client has joined and can be given tasks from now on. */
  join(client: RegisteredClient, connection: ClientConnection): void;
  /** Removes a client, unless another connection has taken its name. */
  leave(client: RegisteredClient): void;
  /** The names of the clients that joined, sorted. */
  joined(): readonly ClientId[];
  /** Notes whether a client is available for tasks, which it is unless it says otherwise. */
  setAvailable(client: RegisteredClient, available: boolean): void;
  /** The names of the clients that joined and are available for tasks, sorted. */
  available(): readonly ClientId[];
  /** The connection of a client that joined. */
  connection(client: ClientId): ClientConnection | undefined;
  /** Calls `listener` whenever a client has joined or left or its availability has changed, until the result is called. */
  onChange(listener: () => void): () => void;
}

/** Makes an empty registry. */
export function createClientRegistry(): ClientRegistry {
  const clients = new Map<ClientId, RegisteredClient>();
  const connections = new Map<ClientId, ClientConnection>();
  const listeners = createListeners();
  const unavailable = new Set<ClientId>();
  let available: readonly ClientId[] = [];
  const noteChange = (): void => {
    available = joinedOf(connections).filter((client) => !unavailable.has(client));
    listeners.callAll();
  };
  return {
    client: (name) => clients.get(name),
    clients: () => [...clients.values()],
    add: (client) => {
      clients.set(client.client, client);
    },
    join: ({ client }, connection) => {
      connections.set(client, connection);
      noteChange();
    },
    leave: (client) => {
      if (clients.get(client.client) === client) {
        clients.delete(client.client);
        unavailable.delete(client.client);
        if (connections.delete(client.client)) {
          noteChange();
        }
      }
    },
    joined: () => joinedOf(connections),
    setAvailable: ({ client }, isAvailable) => {
      setMember(unavailable, client, !isAvailable);
      noteChange();
    },
    available: () => available,
    connection: (client) => connections.get(client),
    onChange: (listener) => listeners.add(listener),
  };
}

function joinedOf(connections: ReadonlyMap<ClientId, ClientConnection>): readonly ClientId[] {
  return [...connections.keys()].sort();
}

function setMember(set: Set<ClientId>, client: ClientId, isMember: boolean): void {
  if (isMember) {
    set.add(client);
  } else {
    set.delete(client);
  }
}

interface Listeners {
  callAll(): void;
  /** The result removes the listener. */
  add(listener: () => void): () => void;
}

function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    callAll: () => {
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
