/** The socket.io server of a study: whom it lets connect, and who attends to them. */

import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { layoutOf, stagePlans, type Study } from '@gaitway/core';
import { BYTES_PER_VALUE, socketParser } from '@gaitway/protocol';
import { Server } from 'socket.io';
import type { ClientServer } from './client-socket.js';
import { createDoorkeeper } from './doorkeeper.js';
import { receiveClient, type Reception } from './reception.js';

/** What a message may hold beside the largest parameters: names, digests, an evaluation. */
const MESSAGE_SLACK_BYTES = 65_536;

/** A client has this share of the time between two signs of life to give one. */
const HEARTBEAT_PATIENCE = 0.8;

export function openDoor(http: HttpServer, study: Study, reception: Reception): ClientServer {
  const { limits, tally, now } = reception;
  const doorkeeper = createDoorkeeper(limits, now);
  const server: ClientServer = new Server(http, {
    parser: socketParser,
    transports: ['websocket'],
    maxHttpBufferSize: maximumMessageBytes(study),
    connectTimeout: limits.helloSeconds * 1000,
    pingInterval: limits.heartbeatSeconds * 1000,
    pingTimeout: limits.heartbeatSeconds * HEARTBEAT_PATIENCE * 1000,
    serveClient: false,
    allowRequest: (request: IncomingMessage, decide: (objection: string | null, admitted: boolean) => void) => {
      const reason = doorkeeper.admit(request.socket);
      if (reason !== undefined) {
        tally.refused(reason);
      }
      decide(reason ?? null, reason === undefined);
    },
  });
  server.on('connection', (socket) => {
    receiveClient(socket, reception);
  });
  return server;
}

/** The largest message that a client has reason to send. What is larger ends its connection. */
function maximumMessageBytes(study: Study): number {
  const sizes = stagePlans(study).map(
    ({ network, plan }) => layoutOf(network).size * (plan.controlVariate ? 2 : 1), // its change travels with the update
  );
  return Math.max(...sizes) * BYTES_PER_VALUE + MESSAGE_SLACK_BYTES;
}
