/** Sockets of clients, and what socket.io calls the ways in which they end. */

import type { ClientToServerEvents, ServerToClientEvents } from '@gaitway/protocol';
import type { DisconnectReason, Server, Socket } from 'socket.io';
import type { Departure } from '../fleet/connection-lost.js';

export type ClientServer = Server<ClientToServerEvents, ServerToClientEvents>;
export type ClientSocket = Socket<ClientToServerEvents, ServerToClientEvents>;

const departures: Readonly<Partial<Record<DisconnectReason, Departure>>> = {
  'client namespace disconnect': { reason: 'it left', cause: 'left' },
  'transport close': { reason: 'its connection was closed', cause: 'broke' },
  'ping timeout': { reason: 'it no longer answers', cause: 'silent' },
  'forced close': { reason: 'the coordinator shuts down', cause: 'shutdown' },
  'server shutting down': { reason: 'the coordinator shuts down', cause: 'shutdown' },
};

/** Why a client is gone. */
export function departureOf(cause: DisconnectReason, description: unknown): Departure {
  if (description instanceof Error && description.message.includes('Max payload size exceeded')) {
    return { reason: 'it sent more at once than any message may have', cause: 'too-large' };
  }
  return departures[cause] ?? { reason: `its connection broke (${cause})`, cause: 'broke' };
}
