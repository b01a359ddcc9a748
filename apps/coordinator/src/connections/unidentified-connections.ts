/**
 * Connections on which no client session has begun: they are counted, and clients from before protocol 3, which speak
 * socket.io's own text format instead of frames, are refused in that format.
 */

import { encode, PROTOCOL_VERSION } from '@gaitway/protocol';
import type { DisconnectReason } from 'socket.io';
import type { RefusalReason } from '../metrics/service-counters.js';
import { disconnectionOf, type ClientServer } from './client-socket.js';
import type { SessionContext } from './session-context.js';

/** A connection of engine.io, the layer below socket.io. */
interface Connection extends NodeJS.EventEmitter {
  readonly remoteAddress: string;
  write(packet: string | Uint8Array): void;
  once(event: 'close', listener: (cause: DisconnectReason, description: unknown) => void): this;
  on(event: 'packet', listener: (packet: { readonly type: string; readonly data?: unknown }) => void): this;
}

/** Counts connections, and, by reason, those that end before a session has begun. */
export function watchUnidentifiedConnections(server: ClientServer, { counters, onEvent }: SessionContext): void {
  const identified = new WeakSet<object>();
  server.on('connection', ({ conn }) => {
    identified.add(conn);
  });
  server.engine.on('connection', (connection: Connection) => {
    counters.connected();
    let fault: RefusalReason = 'no-hello';
    connection.on('packet', ({ type, data }) => {
      if (type !== 'message' || identified.has(connection)) {
        return;
      }
      fault = isLegacyConnect(data) ? 'other-version' : 'damaged'; // without any fault, a session begins
      if (fault === 'other-version') {
        refuseLegacyClient(connection); // afterwards socket.io ends the connection, as it cannot read the packet either
        onEvent({ kind: 'refused', client: connection.remoteAddress, reason: legacyRefusal });
      }
    });
    connection.once('close', (cause, description) => {
      const disconnection = disconnectionOf(cause, description).cause;
      if (!identified.has(connection) && (disconnection === 'too-large' || disconnection === 'shutdown')) {
        counters.refused(disconnection === 'too-large' ? 'too-large' : fault);
      }
    });
  });
}

/** The first packet of a client from before protocol 3: that it connects, perhaps with details. */
const LEGACY_CONNECT = /^0(\{.*\})?$/s;

const legacyRefusal =
  `the client speaks an earlier version of the protocol, the coordinator version ${PROTOCOL_VERSION}: ` +
  'the client is older and needs a newer Gaitway';

function isLegacyConnect(packet: unknown): boolean {
  return typeof packet === 'string' && LEGACY_CONNECT.test(packet);
}

/** Lets the client connect, and sends it a refusal, which has the same form in all versions of the protocol. */
function refuseLegacyClient(connection: Connection): void {
  connection.write('0{"sid":"earlier"}');
  connection.write('51-["message",{"_placeholder":true,"num":0}]'); // an event with one piece of bytes, which follows
  connection.write(encode({ kind: 'refusal', reason: legacyRefusal }));
}
