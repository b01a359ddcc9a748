/** The port of a coordinator: it listens, turns away what it must not answer, and passes on all other requests. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvalidInput } from '@gaitway/core';
import { boundConnections } from './connection-ceiling.js';
import type { PortRefusal } from '../metrics/service-counters.js';
import { createRequestGuard, turnAway, turnAwayUpgrade } from './request-guard.js';

/** How long the headers of a request may take. */
const HEADERS_TIMEOUT_MS = 10_000;

/** How often these times are checked. */
const CHECK_INTERVAL_MS = 5_000;

/** How long a whole request may take, with the part of a message in it and on a slow connection. */
const REQUEST_TIMEOUT_MS = 30_000;

export interface HostAddress {
  /** The address to listen on, such as `127.0.0.1` for this machine only. */
  readonly host: string;
  /** The port to listen on; 0 takes any free port. */
  readonly port: number;
  /** The address by which clients and browsers know the host, such as that of a proxy. Absent: the one it listens on. */
  readonly publicUrl?: URL;
}

export interface PortOptions {
  readonly address: HostAddress;
  /** The open connections that all studies together allow. */
  readonly connections: number;
  /** Chooses who answers a request: a server that listens on no port of its own. */
  readonly endpointOf: (request: IncomingMessage) => HttpServer;
  readonly onRefusal: (reason: PortRefusal) => void;
}

export interface HttpPort {
  /** The address for clients, such as `http://127.0.0.1:7070`. */
  readonly url: string;
  /** Accepts no more connections, and resolves once all have ended. */
  close(): Promise<void>;
}

/**
 * Opens the port.
 *
 * @throws InvalidInput when it cannot listen there, for example because the port is in use
 */
export async function openHttpPort(options: PortOptions): Promise<HttpPort> {
  const { address } = options;
  const http = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_INTERVAL_MS,
  });
  passRequests(http, options);
  await listen(http, address);
  return {
    url: address.publicUrl?.href.replace(/\/$/, '') ?? urlOf(http),
    close: async () => {
      const closed = once(http, 'close');
      http.close();
      await closed;
    },
  };
}

/** Passes on the requests of a server, except for those that are turned away. */
function passRequests(http: HttpServer, { address, connections, endpointOf, onRefusal }: PortOptions): void {
  const objectionTo = createRequestGuard(address.host, address.publicUrl);
  const ceiling = boundConnections(http, {
    connections,
    onUnused: () => {
      onRefusal('no-request');
    },
    onDrop: () => {
      onRefusal('too-many-connections');
    },
  });
  http.on('request', (request, response) => {
    ceiling.noteRequest(request.socket);
    const objection = objectionTo(request.headers);
    if (objection) {
      onRefusal(objection);
      turnAway(objection, response);
    } else {
      endpointOf(request).emit('request', request, response);
    }
  });
  http.on('upgrade', (request, socket, head) => {
    ceiling.noteRequest(request.socket);
    const objection = objectionTo(request.headers);
    if (objection) {
      onRefusal(objection);
      turnAwayUpgrade(objection, socket);
    } else {
      endpointOf(request).emit('upgrade', request, socket, head);
    }
  });
}

async function listen(http: HttpServer, { host, port }: HostAddress): Promise<void> {
  http.listen(port, host);
  try {
    await once(http, 'listening');
  } catch (cause) {
    throw new InvalidInput('coordinator', [{ path: `${host}:${port}`, message: listenFault(cause) }]);
  }
}

function listenFault(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return code === 'EADDRINUSE'
    ? 'expected a free port, found one that another program uses: choose another, or 0 for any'
    : `cannot listen there: ${message}`;
}

function urlOf(http: HttpServer): string {
  const { address, family, port } = http.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
