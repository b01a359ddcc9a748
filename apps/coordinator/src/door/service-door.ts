/** The socket.io server of a study: whom it lets connect, and who attends to them. */

import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { LARGEST_FRAME_BYTES, socketParser } from '@gaitway/protocol';
import { Server } from 'socket.io';
import { boundAftermath } from './aftermath.js';
import type { ClientServer } from './client-socket.js';
import { createDoorkeeper } from '../limits/doorkeeper.js';
import { receiveClient } from './receive-client.js';
import type { Reception } from './reception.js';
import { watchStrangers } from './strangers.js';

/** A client has this share of the time between two signs of life to give one. */
const HEARTBEAT_PATIENCE = 0.8;

export function openDoor(http: HttpServer, reception: Reception): ClientServer {
  const { limits, tally, clock } = reception;
  const doorkeeper = createDoorkeeper(limits, clock.now);
  const departures: Departures = new WeakMap();
  const server: ClientServer = new Server(http, {
    parser: socketParser,
    transports: ['websocket', 'polling'],
    allowUpgrades: false,
    httpCompression: false,
    maxHttpBufferSize: LARGEST_FRAME_BYTES,
    connectTimeout: limits.helloSeconds * 1000,
    pingInterval: limits.heartbeatSeconds * 1000,
    pingTimeout: limits.heartbeatSeconds * HEARTBEAT_PATIENCE * 1000,
    serveClient: false,
    allowRequest: (request: IncomingMessage, decide: (objection: string | null, admitted: boolean) => void) => {
      const admission = doorkeeper.admit(request.socket.remoteAddress ?? '');
      if (typeof admission === 'string') {
        tally.refused(admission);
        decide(admission, false);
      } else {
        departures.set(request, admission);
        if (request.headers.upgrade !== undefined) {
          request.socket.once('close', admission); // also where no WebSocket comes of it
        }
        decide(null, true);
      }
    },
  });
  noteDepartures(server, departures);
  watchStrangers(server, reception);
  server.on('connection', (socket) => {
    receiveClient(socket, reception);
  });
  return server;
}

/** By the request with which a connection began: what to call when it has ended. */
type Departures = WeakMap<IncomingMessage, () => void>;

/** A polling client is one connection to the study, however many requests it makes. */
function noteDepartures({ engine }: ClientServer, departures: Departures): void {
  const leave = (request: IncomingMessage): void => {
    departures.get(request)?.();
  };
  engine.on('connection', (connection: { readonly request: IncomingMessage } & NodeJS.EventEmitter) => {
    connection.once('close', () => {
      leave(connection.request);
      boundAftermath(connection.request);
    });
  });
  engine.on('connection_error', ({ req }: { readonly req: IncomingMessage }) => {
    leave(req);
  });
}
