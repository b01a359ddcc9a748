/** Connections until socket.io makes a visit of them: counted, and told where the client is too old to be understood. */

import type { DisconnectReason } from 'socket.io';
import { departureOf, type ClientServer } from './client-socket.js';
import { earlierClientRefusal, isEarlierClient, refuseEarlierClient } from './earlier-clients.js';
import type { Reception } from './reception.js';
import type { RefusalReason } from '../metrics/tally.js';

/** As it is below socket.io. */
interface Connection extends NodeJS.EventEmitter {
  readonly remoteAddress: string;
  write(packet: string | Uint8Array): void;
  once(event: 'close', listener: (cause: DisconnectReason, description: unknown) => void): this;
  on(event: 'packet', listener: (packet: { readonly type: string; readonly data?: unknown }) => void): this;
}

/** Counts connections, and by reason those that end before a visit has begun. */
export function watchStrangers(server: ClientServer, { tally, onEvent }: Reception): void {
  const visitors = new WeakSet<object>();
  server.on('connection', ({ conn }) => {
    visitors.add(conn);
  });
  server.engine.on('connection', (connection: Connection) => {
    tally.connected();
    let fault: RefusalReason = 'no-hello';
    connection.on('packet', ({ type, data }) => {
      if (type !== 'message' || visitors.has(connection)) {
        return;
      }
      fault = isEarlierClient(data) ? 'other-version' : 'damaged'; // where it is neither, it becomes a visitor
      if (fault === 'other-version') {
        refuseEarlierClient(connection); // then socket.io, which cannot read it either, ends the connection
        onEvent({ kind: 'refused', client: connection.remoteAddress, reason: earlierClientRefusal });
      }
    });
    connection.once('close', (cause, description) => {
      const departure = departureOf(cause, description).cause;
      if (!visitors.has(connection) && (departure === 'too-large' || departure === 'shutdown')) {
        tally.refused(departure === 'too-large' ? 'too-large' : fault);
      }
    });
  });
}
