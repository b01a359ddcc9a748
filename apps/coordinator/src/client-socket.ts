/** Sockets of clients, and what socket.io calls the ways in which they end. */

import type { ClientToServerEvents, ServerToClientEvents } from '@gaitway/protocol';
import type { DisconnectReason, Server, Socket } from 'socket.io';

export type ClientServer = Server<ClientToServerEvents, ServerToClientEvents>;
export type ClientSocket = Socket<ClientToServerEvents, ServerToClientEvents>;

const reasons: Readonly<Partial<Record<DisconnectReason, string>>> = {
  'client namespace disconnect': 'it left',
  'transport close': 'its connection was closed',
  'ping timeout': 'it no longer answers',
  'forced close': 'the coordinator shuts down',
};

/** Why a client is gone, in words. */
export function departureReason(cause: DisconnectReason, description: unknown): string {
  if (description instanceof Error && description.message.includes('Max payload size exceeded')) {
    return 'it sent a message that is larger than the study allows';
  }
  return reasons[cause] ?? `its connection broke (${cause})`;
}
