/** The port of a coordinator: passes on to each study what comes in under its name. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { InvalidInput } from '@gaitway/core';
import type { Entrance } from './entrance.js';
import { openLobby } from './lobby.js';

/** Milliseconds for the head of a request, and for all of it: with a part of a message, on a slow line. */
const HEADERS_PATIENCE_MS = 10_000;
const REQUEST_PATIENCE_MS = 30_000;

export interface HostAddress {
  /** Address to listen on: `127.0.0.1` for this machine only. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

export interface StudyHost extends AsyncDisposable {
  /** `http://127.0.0.1:7070` */
  readonly url: string;
}

/**
 * Opens the port. What comes in under no study's name goes to the only study, or else to the lobby. Disposing of the
 * host closes all entrances, gently, and then the port.
 *
 * @throws InvalidInput when it cannot listen there, such as on a port that is in use.
 */
export async function openHost(entrances: readonly Entrance[], address: HostAddress): Promise<StudyHost> {
  const [first, ...others] = entrances;
  if (!first) {
    throw new Error('a host needs a study');
  }
  const lobby = await openLobby(entrances, first.door);
  const byName = new Map(entrances.map((entrance) => [entrance.name, entrance.http]));
  const wayOf = wayfinder(byName, others.length === 0 ? first.http : lobby.http, lobby.http);
  const http = createServer({ headersTimeout: HEADERS_PATIENCE_MS, requestTimeout: REQUEST_PATIENCE_MS });
  const asking = new WeakSet<Socket>();
  http.on('connection', (socket) => {
    socket.once('close', () => {
      if (!asking.has(socket)) {
        lobby.noteSilence();
      }
    });
  });
  http.on('request', (request, response) => {
    asking.add(request.socket);
    wayOf(request).emit('request', request, response);
  });
  http.on('upgrade', (request, socket, head) => {
    asking.add(request.socket);
    wayOf(request).emit('upgrade', request, socket, head);
  });
  const closeEntrances = async (): Promise<void> => {
    await Promise.all([lobby, ...entrances].map((entrance) => entrance[Symbol.asyncDispose]()));
  };
  try {
    await listen(http, address);
  } catch (error) {
    await closeEntrances();
    throw error;
  }
  return {
    url: urlOf(http),
    [Symbol.asyncDispose]: async () => {
      const closed = once(http, 'close');
      http.close();
      await closeEntrances();
      await closed;
    },
  };
}

/** The path of sockets. */
const SOCKETS = 'socket.io';

/** Paths that are pages or sockets, under which no study can be. */
export const reservedPaths: ReadonlySet<string> = new Set(['health', 'metrics', 'ready', SOCKETS]);

/**
 * Who answers a request, with the study's name taken out of its address.
 *
 * @param unnamed - Answers clients that join under no name
 * @param lobby - Answers clients that join under a name that no study has, and shows the pages of all studies
 */
function wayfinder(
  studies: ReadonlyMap<string, HttpServer>,
  unnamed: HttpServer,
  lobby: HttpServer,
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
    return name === SOCKETS ? unnamed : lobby;
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
