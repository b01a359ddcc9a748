/** The port of a coordinator: it listens, turns away what it must not answer, and passes on all other requests. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { createServer as createSecureServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { InvalidInput } from '@gaitway/core';
import { boundConnections, type ConnectionCeiling } from './connection-ceiling.js';
import type { PortRefusal } from '../metrics/service-counters.js';
import { readCertificate, renewCertificate, type TlsFiles } from './certificate.js';
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
  /** The files of the certificate with which the host speaks TLS. Absent: nothing is encrypted. */
  readonly tls?: TlsFiles;
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
  /** The port on which it listens. */
  readonly number: number;
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
  const http = await createHttpServer(address.tls);
  const ceiling = passRequests(http, options);
  await listen(http, address);
  const bound = http.address() as AddressInfo;
  return {
    url: address.publicUrl?.href.replace(/\/$/, '') ?? urlOf(bound, address.tls ? 'https' : 'http'),
    number: bound.port,
    close: async () => {
      const closed = once(http, 'close');
      http.close();
      ceiling.closeSilent();
      await closed;
    },
  };
}

async function createHttpServer(tls: TlsFiles | undefined): Promise<HttpServer | HttpsServer> {
  const timeouts = {
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_INTERVAL_MS,
  };
  if (!tls) {
    return createServer(timeouts);
  }
  const secure = { ...(await readCertificate(tls)), handshakeTimeout: HEADERS_TIMEOUT_MS };
  const https = createSecureServer({ ...timeouts, ...secure });
  renewCertificate(https, tls);
  return https;
}

/** Passes on the requests of a server, except for those that are turned away. */
function passRequests(
  http: HttpServer | HttpsServer,
  { address, connections, endpointOf, onRefusal }: PortOptions,
): ConnectionCeiling {
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
  return ceiling;
}

async function listen(http: HttpServer | HttpsServer, { host, port }: HostAddress): Promise<void> {
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

function urlOf({ address, family, port }: AddressInfo, scheme: 'http' | 'https'): string {
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
