/** A study's service: one port where clients join, and the fleet that they make up. */

import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvalidInput, type Digest, type Fleet, type Normalisation, type RoundReport, type Study } from '@gaitway/core';
import type { Traffic } from '@gaitway/node';
import type { Goodbye } from '@gaitway/protocol';
import type { ClientServer } from './client-socket.js';
import type { CoordinatorEvent } from './coordinator-event.js';
import { openReception } from './open-reception.js';
import type { Reception } from './reception.js';
import { openDoor } from './service-door.js';
import { defaultLimits, type ServiceLimits } from './service-limits.js';
import { serviceMetrics } from './service-metrics.js';
import { socketFleet } from './socket-fleet.js';
import { statusPages } from './status-pages.js';
import { waitingFleet } from './waiting-fleet.js';

/** Milliseconds for the head of a request, and for all of it: with a part of a message, on a slow line. */
const HEADERS_PATIENCE_MS = 10_000;
const REQUEST_PATIENCE_MS = 30_000;

export interface ServeStudyOptions {
  readonly study: Study;
  readonly studyDigest: Digest;
  /** `null` in a study where each site normalises by its own statistics. */
  readonly normalisation: Normalisation | null;
  /** Address to listen on: `127.0.0.1` for this machine only. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Absent: {@link defaultLimits}. */
  readonly limits?: ServiceLimits;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

export interface StudyService extends AsyncDisposable {
  /** For clients: `http://127.0.0.1:7070`. */
  readonly url: string;
  readonly fleet: Fleet;
  /** Messages so far. */
  traffic(): Traffic;
  /** Counts a round that ended. */
  noteRound(report: RoundReport): void;
  /** Tells all clients, and those who come later, that the study is over, for good or for now. */
  announceEnd(end: Omit<Goodbye, 'kind'>): void;
}

/**
 * Opens a study to clients. Disposing of it ends all connections once what was said last has been sent.
 *
 * @throws InvalidInput when it cannot listen there, such as on a port that is in use.
 */
export async function serveStudy(options: ServeStudyOptions): Promise<StudyService> {
  const { study, limits = defaultLimits } = options;
  let goodbye: Goodbye | undefined;
  const reception = await openReception({ ...options, limits, goodbye: () => goodbye });
  const { roster, tally, traffic } = reception;
  const waiting = waitingFleet(fleetOf(reception), roster, (present, missing) => {
    options.onEvent({ kind: 'waiting', present, missing });
  });
  const pages = statusPages({
    status: () => ({
      study: study.name,
      status: goodbye ? 'stopping' : waiting.isWaiting() ? 'waiting' : 'running',
      clients: roster.joined().length,
    }),
    metrics: () => serviceMetrics(reception, server),
  });
  const http = createServer({ headersTimeout: HEADERS_PATIENCE_MS, requestTimeout: REQUEST_PATIENCE_MS }, pages);
  const server = openDoor(http, reception);
  await listen(http, options);
  return {
    url: urlOf(http),
    fleet: waiting.fleet,
    traffic: () => traffic.read(),
    noteRound: (report) => {
      tally.round(report);
    },
    announceEnd: (end) => {
      const told: Goodbye = { kind: 'goodbye', ...end };
      goodbye = told;
      roster.guests().forEach((guest) => {
        guest.tell(told);
      });
    },
    [Symbol.asyncDispose]: () => closeGently(server),
  };
}

function fleetOf({ roster, tally, limits, onEvent }: Reception): Fleet {
  return socketFleet({
    roster,
    returnSeconds: limits.returnSeconds,
    onReturn: (client, stage, round) => {
      tally.resent();
      onEvent({ kind: 'asked-again', client, stage, round });
    },
  });
}

/** Ends all connections. Socket.io's own `close` would drop what waits to be sent, such as a goodbye. */
async function closeGently(server: ClientServer): Promise<void> {
  const connections = [...server.sockets.sockets.values()].map(({ conn }) => conn);
  const closed = connections.map((connection) => once(connection, 'close'));
  connections.forEach((connection) => {
    connection.close();
  });
  await Promise.all(closed);
  await server.close();
}

async function listen(http: HttpServer, { host, port }: ServeStudyOptions): Promise<void> {
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
