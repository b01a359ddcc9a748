/** The socket.io server of a study: limits who can connect, and serves a session on each connection. */

import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { LARGEST_FRAME_BYTES, socketParser } from '@gaitway/protocol';
import { Server } from 'socket.io';
import { clientAddressReader } from '../limits/client-address.js';
import { createConnectionLimiter, type Admission } from '../limits/connection-limiter.js';
import type { ClientServer } from './client-socket.js';
import { serveSession } from './serve-session.js';
import type { SessionContext } from './session-context.js';
import { watchUnidentifiedConnections } from './unidentified-connections.js';

/** The time that a client has to answer a heartbeat, as a share of the time between two of them. */
const HEARTBEAT_TIMEOUT_SHARE = 0.8;

/** Serves the connections that come in at an HTTP server. */
export function openSocketServer(http: HttpServer, context: SessionContext): ClientServer {
  const { limits, counters, clock } = context;
  const limiter = createConnectionLimiter(limits, clock.now);
  const addressOf = clientAddressReader(limits.trustedProxies);
  const admitted: AdmittedConnections = new WeakMap();
  const server: ClientServer = new Server(http, {
    parser: socketParser,
    transports: ['websocket', 'polling'],
    allowUpgrades: false,
    httpCompression: false,
    perMessageDeflate: false,
    maxHttpBufferSize: LARGEST_FRAME_BYTES,
    connectTimeout: limits.helloSeconds * 1000,
    pingInterval: limits.heartbeatSeconds * 1000,
    pingTimeout: limits.heartbeatSeconds * HEARTBEAT_TIMEOUT_SHARE * 1000,
    serveClient: false,
    allowRequest: (request: IncomingMessage, decide: (objection: string | null, isAdmitted: boolean) => void) => {
      const admission = limiter.admit(addressOf(request));
      if (typeof admission === 'string') {
        counters.refused(admission);
        decide(admission, false);
      } else {
        admitted.set(request, admission);
        if (request.headers.upgrade !== undefined) {
          request.socket.once('close', admission.release); // even where the request never becomes a WebSocket
        }
        decide(null, true);
      }
    },
  });
  releaseOnClose(server, admitted);
  watchUnidentifiedConnections(server, context);
  server.on('connection', (socket) => {
    serveSession(socket, context, () => {
      admitted.get(socket.request)?.noteJoin();
    });
  });
  return server;
}

/** By the first request of each connection: its place at the connection limiter. */
type AdmittedConnections = WeakMap<IncomingMessage, Admission>;

/** A client that polls counts as one connection, however many requests it makes. */
function releaseOnClose({ engine }: ClientServer, admitted: AdmittedConnections): void {
  const release = (request: IncomingMessage): void => {
    admitted.get(request)?.release();
  };
  engine.on('connection', (connection: { readonly request: IncomingMessage } & NodeJS.EventEmitter) => {
    connection.once('close', () => {
      release(connection.request);
      limitTrailingData(connection.request);
    });
  });
  engine.on('connection_error', ({ req }: { readonly req: IncomingMessage }) => {
    release(req);
  });
}

/** More than can be in flight from a client that does not know of the end yet: four parts and some small messages. */
const TRAILING_BYTES = 2_097_152;

/**
 * Destroys the socket of a WebSocket that has ended for the coordinator while the other side goes on sending. Closing it
 * may take half a minute, in which everything that arrives would be read.
 */
function limitTrailingData({ socket, headers }: IncomingMessage): void {
  if (headers.upgrade === undefined) {
    return; // plain requests are limited one by one
  }
  const before = socket.bytesRead;
  socket.on('data', () => {
    if (socket.bytesRead - before > TRAILING_BYTES) {
      socket.destroy();
    }
  });
}
