/** A study's service: one port where clients join, and the fleet that they make up. */

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  InvalidInput,
  layoutOf,
  stagePlans,
  type Digest,
  type Fleet,
  type Normalisation,
  type Study,
} from '@gaitway/core';
import type { Traffic } from '@gaitway/node';
import { BYTES_PER_VALUE, layoutDigests, type Goodbye } from '@gaitway/protocol';
import { Server } from 'socket.io';
import type { ClientServer } from './client-socket.js';
import type { CoordinatorEvent } from './coordinator-event.js';
import { receiveClient } from './reception.js';
import { createRoster } from './roster.js';
import { socketFleet } from './socket-fleet.js';
import { taskPacker } from './task-frames.js';
import { trafficMeter } from './traffic.js';

/** What a message may hold beside the largest parameters: names, digests, an evaluation. */
const MESSAGE_SLACK_BYTES = 65_536;

export interface ServeStudyOptions {
  readonly study: Study;
  readonly studyDigest: Digest;
  /** `null` in a study where each site normalises by its own statistics. */
  readonly normalisation: Normalisation | null;
  /** Address to listen on: `127.0.0.1` for this machine only. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

export interface StudyService extends AsyncDisposable {
  /** For clients: `http://127.0.0.1:7070`. */
  readonly url: string;
  readonly fleet: Fleet;
  /** Messages so far. */
  traffic(): Traffic;
  /** Tells all clients, and those who come later, that the study is over. */
  announceEnd(end: Omit<Goodbye, 'kind'>): void;
}

/**
 * Opens a study to clients. Disposing of it ends all connections once what was said last has been sent.
 *
 * @throws InvalidInput when it cannot listen there, such as on a port that is in use.
 */
export async function serveStudy(options: ServeStudyOptions): Promise<StudyService> {
  const { study, studyDigest, normalisation, onEvent } = options;
  const roster = createRoster();
  const traffic = trafficMeter();
  let goodbye: Goodbye | undefined;
  const reception = {
    identity: { studyDigest, layoutDigests: await layoutDigests(study) },
    // Through JSON, as a frozen study would be read from a file: what is undefined does not travel.
    welcome: {
      kind: 'welcome' as const,
      study: JSON.parse(JSON.stringify(study)) as unknown,
      studyDigest,
      normalisation,
    },
    roster,
    traffic,
    framesOf: taskPacker(),
    newSession: randomUUID,
    goodbye: () => goodbye,
    onEvent,
  };
  const http = await listen(options);
  const server: ClientServer = new Server(http, { maxHttpBufferSize: maximumMessageBytes(study), serveClient: false });
  server.on('connection', (socket) => {
    receiveClient(socket, reception);
  });
  return {
    url: urlOf(http),
    fleet: socketFleet(roster),
    traffic: () => traffic.read(),
    announceEnd: (end) => {
      goodbye = { kind: 'goodbye', ...end };
      for (const guest of roster.guests()) {
        guest.tell(goodbye);
      }
    },
    [Symbol.asyncDispose]: () => closeGently(server),
  };
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

/** The largest message that a client has reason to send. What is larger ends its connection. */
function maximumMessageBytes(study: Study): number {
  const sizes = stagePlans(study).map(({ network }) => layoutOf(network).size);
  return Math.max(...sizes) * BYTES_PER_VALUE + MESSAGE_SLACK_BYTES;
}

async function listen({ host, port, study }: ServeStudyOptions): Promise<HttpServer> {
  const http = createServer((_, response) => {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`This is the coordinator of the Gaitway study "${study.name}". Join it with "gaitway client".\n`);
  });
  http.listen(port, host);
  try {
    await once(http, 'listening');
  } catch (cause) {
    throw new InvalidInput('coordinator', [{ path: `${host}:${port}`, message: listenFault(cause) }]);
  }
  return http;
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
