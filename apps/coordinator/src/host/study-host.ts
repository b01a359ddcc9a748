/** The port of a coordinator, which routes requests to the endpoints of its studies by their names. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { InvalidInput } from '@gaitway/core';
import type { StudyEndpoint } from './study-endpoint.js';
import { openFallbackEndpoint } from './fallback-endpoint.js';

/** How long the headers of a request may take. */
const HEADERS_TIMEOUT_MS = 10_000;

/** How long a whole request may take, with the part of a message in it and on a slow connection. */
const REQUEST_TIMEOUT_MS = 30_000;

export interface HostAddress {
  /** The address to listen on, such as `127.0.0.1` for this machine only. */
  readonly host: string;
  /** The port to listen on; 0 takes any free port. */
  readonly port: number;
}

export interface StudyHost extends AsyncDisposable {
  /** The address of the host, such as `http://127.0.0.1:7070`. */
  readonly url: string;
}

/**
 * Opens the port. Requests that name no study go to the only study, or else to the fallback endpoint. Disposing of the host
 * closes all endpoints gracefully, and then the port.
 *
 * @throws InvalidInput when the host cannot listen there, for example because the port is in use
 */
export async function openHost(endpoints: readonly StudyEndpoint[], address: HostAddress): Promise<StudyHost> {
  const [first, ...others] = endpoints;
  if (!first) {
    throw new Error('a host needs a study');
  }
  const fallback = await openFallbackEndpoint(endpoints, first.plan);
  const byName = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint.http]));
  const endpointOf = router(byName, others.length === 0 ? first.http : fallback.http, fallback.http);
  const http = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS });
  const used = new WeakSet<Socket>();
  http.on('connection', (socket) => {
    socket.once('close', () => {
      if (!used.has(socket)) {
        fallback.noteUnusedConnection();
      }
    });
  });
  http.on('request', (request, response) => {
    used.add(request.socket);
    endpointOf(request).emit('request', request, response);
  });
  http.on('upgrade', (request, socket, head) => {
    used.add(request.socket);
    endpointOf(request).emit('upgrade', request, socket, head);
  });
  const closeEndpoints = async (): Promise<void> => {
    await Promise.all([fallback, ...endpoints].map((endpoint) => endpoint[Symbol.asyncDispose]()));
  };
  try {
    await listen(http, address);
  } catch (error) {
    await closeEndpoints();
    throw error;
  }
  return {
    url: urlOf(http),
    [Symbol.asyncDispose]: async () => {
      const closed = once(http, 'close');
      http.close();
      await closeEndpoints();
      await closed;
    },
  };
}

/** The path under which sockets connect. */
const SOCKETS = 'socket.io';

/** Paths of pages and sockets, which cannot be names of studies. */
export const reservedPaths: ReadonlySet<string> = new Set(['health', 'metrics', 'ready', SOCKETS]);

/**
 * Makes a function that chooses the endpoint for a request, and takes the study's name out of the request's URL.
 *
 * @param unnamed - The endpoint for clients that name no study
 * @param fallback - The endpoint for clients that name an unknown study, and for the pages of all studies
 */
function router(
  studies: ReadonlyMap<string, HttpServer>,
  unnamed: HttpServer,
  fallback: HttpServer,
): (request: IncomingMessage) => HttpServer {
  return (request) => {
    const [, name = '', rest = ''] = /^\/([^/?]*)(.*)$/.exec(request.url ?? '/') ?? [];
    const study = reservedPaths.has(name) ? undefined : studies.get(decoded(name));
    if (study) {
      request.url = rest.startsWith('/') ? rest : `/${rest}`;
      return study;
    }
    if (rest.startsWith('/socket.io/')) {
      request.url = rest;
    }
    return name === SOCKETS ? unnamed : fallback;
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
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
