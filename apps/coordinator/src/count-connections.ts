/** Connections for the figures: how many there were, and why those ended on which nobody said hello. */

import type { DisconnectReason } from 'socket.io';
import { departureOf, type ClientServer } from './client-socket.js';
import type { RefusalReason, Tally } from './tally.js';

/** A connection below socket.io, which makes a visit of it once the client says how it wants to talk. */
interface Connection extends NodeJS.EventEmitter {
  once(event: 'close', listener: (cause: DisconnectReason, description: unknown) => void): this;
  on(event: 'packet', listener: (packet: { readonly type: string }) => void): this;
}

/** Counts all that are let in, and by reason those that the coordinator ends before a visit has begun. */
export function countConnections(server: ClientServer, tally: Tally): void {
  const visitors = new WeakSet<object>();
  server.on('connection', ({ conn }) => {
    visitors.add(conn);
  });
  server.engine.on('connection', (connection: Connection) => {
    tally.connected();
    let hasSpoken = false;
    connection.on('packet', ({ type }) => {
      hasSpoken ||= type === 'message';
    });
    connection.once('close', (cause, description) => {
      const reason = visitors.has(connection) ? undefined : refusalOf(cause, description, hasSpoken);
      if (reason) {
        tally.refused(reason);
      }
    });
  });
}

/** Undefined where the other side left, or the connection broke. */
function refusalOf(cause: DisconnectReason, description: unknown, hasSpoken: boolean): RefusalReason | undefined {
  const departure = departureOf(cause, description);
  if (departure.cause === 'too-large') {
    return 'too-large';
  }
  if (departure.cause === 'shutdown') {
    return hasSpoken ? 'damaged' : 'no-hello'; // socket.io ends what it cannot read, and what says nothing
  }
  return undefined;
}
