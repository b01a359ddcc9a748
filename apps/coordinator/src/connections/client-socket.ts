/** The sockets of clients, and the reasons for which they close. */

import type { ClientToServerEvents, ServerToClientEvents } from '@gaitway/protocol';
import type { DisconnectReason, Server, Socket } from 'socket.io';
import type { Disconnection } from '../fleet/disconnection.js';

export type ClientServer = Server<ClientToServerEvents, ServerToClientEvents>;
export type ClientSocket = Socket<ClientToServerEvents, ServerToClientEvents>;

const disconnections: Readonly<Partial<Record<DisconnectReason, Disconnection>>> = {
  'client namespace disconnect': { reason: 'it left', cause: 'left' },
  'transport close': { reason: 'its connection was closed', cause: 'broke' },
  'ping timeout': { reason: 'it no longer answers', cause: 'silent' },
  'forced close': { reason: 'the coordinator shuts down', cause: 'shutdown' },
  'server shutting down': { reason: 'the coordinator shuts down', cause: 'shutdown' },
};

/** Translates socket.io's reason for which a socket closed. */
export function disconnectionOf(cause: DisconnectReason, description: unknown): Disconnection {
  if (description instanceof Error && description.message.includes('Max payload size exceeded')) {
    return { reason: 'it sent more at once than any message may have', cause: 'too-large' };
  }
  return disconnections[cause] ?? { reason: `its connection broke (${cause})`, cause: 'broke' };
}
