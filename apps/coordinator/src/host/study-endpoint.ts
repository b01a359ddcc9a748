/** The endpoint of one study: its sockets, its pages, and the fleet of its clients. The port belongs to the host. */

import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { type Fleet, InvalidInput, type RoundReport } from '@gaitway/core';
import { type CoordinatorKeys, transientCoordinatorKeys, type Traffic } from '@gaitway/node';
import type { SecureSum } from '@gaitway/core/engine';
import type { Digest } from '@gaitway/core/internal';
import type { Goodbye } from '@gaitway/protocol';
import { secureSum } from '@gaitway/secure-aggregation';
import { nodePrimitives } from '@gaitway/secure-aggregation/node';
import type { ClientServer } from '../connections/client-socket.js';
import type { CoordinatorEvent } from '../connections/coordinator-event.js';
import type { ConnectionDrain } from '../connections/connection-drain.js';
import { createSessionContext, type EndpointPlan, type SessionContext } from '../connections/session-context.js';
import { NEVER_ANSWERS } from '../connections/handshake.js';
import { openSocketServer } from '../connections/socket-server.js';
import { watchRevocations } from '../connections/watch-revocations.js';
import { systemClock, type Clock } from '../limits/clock.js';
import { defaultLimits, type ServiceLimits } from '../limits/service-limits.js';
import { studyMetrics } from './service-metrics.js';
import { socketFleet, waitingFleet, type WaitingFleet } from '../fleet/socket-fleet.js';
import { createPageAccess, type PageAccess } from './page-access.js';
import { type PauseRequest, statusPages, type StatusSource } from './status-pages.js';

export interface StudyEndpointOptions extends Omit<EndpointPlan, 'keys' | 'limits' | 'clock'> {
  /** Absent: keys that last as long as the service. */
  readonly keys?: CoordinatorKeys;
  /** Absent: {@link defaultLimits}. */
  readonly limits?: ServiceLimits;
  /** Absent: {@link systemClock}. */
  readonly clock?: Clock;
  /** Pauses the run after the current round, or ends the pause. Absent: the study cannot be paused over HTTP. */
  readonly requestPause?: (request: PauseRequest) => Promise<void>;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

/** A study's clients, as the conductor of the study sees them. Disposing of it closes all connections gracefully. */
export interface ServedStudy extends AsyncDisposable {
  readonly fleet: Fleet;
  /** Adds up the masked updates of stages with secure aggregation. */
  readonly secureSum: SecureSum;
  /** The bytes of all messages so far. */
  traffic(): Traffic;
  /** Counts a round that has ended. */
  noteRound(report: RoundReport): void;
  /** The study was paused between two rounds, or goes on. */
  notePause(change: 'paused' | 'unpaused'): void;
  /** Tells all clients, and all that connect later, that the study is over, for good or for now. */
  announceEnd(end: Omit<Goodbye, 'kind'>): void;
  /** Knows which clients have not yet learned how the study ended. */
  readonly drain: ConnectionDrain;
}

export interface StudyEndpoint extends ServedStudy {
  /** The name of the study. */
  readonly name: string;
  readonly status: StatusSource;
  /** Listens on no port: the host passes it the requests for this study. */
  readonly http: HttpServer;
  readonly plan: EndpointPlan;
}

/** Makes the endpoint of a study. */
export async function openStudyEndpoint(options: StudyEndpointOptions): Promise<StudyEndpoint> {
  const { study, keys = transientCoordinatorKeys(), limits = defaultLimits, clock = systemClock } = options;
  let goodbye: Goodbye | undefined;
  let isPaused = false;
  const context = await createSessionContext({ ...options, keys, limits, clock, closingMessage: () => goodbye });
  const waiting = waitingFleetOf(context);
  const phase = (): StudyPhase =>
    goodbye ? endOf(goodbye) : isPaused ? 'paused' : waiting.isWaiting() ? 'waiting' : 'running';
  const status: StatusSource = {
    status: () => ({ study: study.name, status: phase(), clients: context.clients.joined().length }),
    metrics: () => studyMetrics(context, server),
    requestPause: async (asked, by) => {
      await (options.requestPause ?? cannotPause)(asked);
      options.onEvent({ kind: `${asked}-requested`, by });
    },
  };
  const http = createServer(statusPages(status, accessTo(context)));
  const server = openSocketServer(http, context);
  const stopWatching = watchRevocations(context);
  return {
    name: study.name,
    status,
    http,
    plan: { ...options, keys, limits, clock },
    fleet: waiting.fleet,
    secureSum: secureSumOf(context, options.studyDigest),
    drain: context.drain,
    traffic: () => context.traffic.read(),
    noteRound: (report) => {
      noteRound(context, report);
    },
    notePause: (change) => {
      isPaused = change === 'paused';
    },
    announceEnd: (end) => {
      goodbye = { kind: 'goodbye', ...end };
      tellAll(context, goodbye);
    },
    [Symbol.asyncDispose]: () => {
      stopWatching();
      return closeGracefully(server);
    },
  };
}

function secureSumOf({ clients }: SessionContext, study: Digest): SecureSum {
  return secureSum({
    study,
    identities: () => new Map(clients.clients().map(({ client, publicKey }) => [client, publicKey])),
    primitives: nodePrimitives,
  });
}

/** Who may read the pages of the study, and pause it. */
function accessTo({ keys, limits, clock, counters }: SessionContext): PageAccess {
  return createPageAccess({
    keys: [keys],
    limits,
    clock,
    onFault: () => {
      counters.refused('wrong-token');
    },
  });
}

function cannotPause(): Promise<void> {
  throw new InvalidInput('coordinator', [{ path: '', message: 'expected a study with a run, found one without' }]);
}

function tellAll({ clients }: SessionContext, goodbye: Goodbye): void {
  clients.clients().forEach((client) => {
    client.send(goodbye);
  });
}

/** Counts a round, and sends the clients away that have answered nothing for too long. */
function noteRound({ clients, counters, silent }: SessionContext, report: RoundReport): void {
  counters.round(report);
  silent.note(report.clients).forEach((client) => {
    clients.client(client)?.postpone('never-answers', NEVER_ANSWERS);
  });
}

type StudyPhase = ReturnType<StatusSource['status']>['status'];

function endOf({ finished }: Goodbye): 'finished' | 'stopped' {
  return finished ? 'finished' : 'stopped';
}

function waitingFleetOf(context: SessionContext): WaitingFleet {
  return waitingFleet(fleetOf(context), context.clients, (present, missing) => {
    context.onEvent({ kind: 'waiting', present, missing });
  });
}

function fleetOf({ clients, counters, limits, clock, onEvent }: SessionContext): Fleet {
  return socketFleet({
    registry: clients,
    returnSeconds: limits.returnSeconds,
    timer: clock,
    onReturn: (client, stage, round) => {
      counters.resent();
      onEvent({ kind: 'asked-again', client, stage, round });
    },
  });
}

/** Closes all connections once everything was sent: socket.io's own `close` would drop what is queued, such as a goodbye. */
export async function closeGracefully(server: ClientServer): Promise<void> {
  const connections = [...server.sockets.sockets.values()].map(({ conn }) => conn);
  const closed = connections.map((connection) => once(connection, 'close'));
  connections.forEach((connection) => {
    connection.close();
  });
  await Promise.all(closed);
  await server.close();
}
