/** Where the clients of one study come in: its door, its pages, and the fleet that they make up. The port is the host's. */

import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { Fleet, RoundReport } from '@gaitway/core';
import type { Traffic } from '@gaitway/node';
import type { Goodbye } from '@gaitway/protocol';
import type { ClientServer } from '../door/client-socket.js';
import type { CoordinatorEvent } from '../door/coordinator-event.js';
import type { Farewell } from '../door/farewell.js';
import { openReception, type DoorPlan, type Reception } from '../door/reception.js';
import { openDoor } from '../door/service-door.js';
import { systemClock, type Clock } from '../limits/clock.js';
import { defaultLimits, type ServiceLimits } from '../limits/service-limits.js';
import { studyMetrics } from './service-metrics.js';
import { socketFleet } from '../fleet/socket-fleet.js';
import { statusPages, type StatusSource } from './status-pages.js';
import { waitingFleet } from '../fleet/waiting-fleet.js';

export interface EntranceOptions extends Omit<DoorPlan, 'limits' | 'clock'> {
  /** Absent: {@link defaultLimits}. */
  readonly limits?: ServiceLimits;
  /** Absent: {@link systemClock}. */
  readonly clock?: Clock;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

/** What whoever conducts a study sees of its clients. Disposing of it ends all connections once all is said. */
export interface ServedStudy extends AsyncDisposable {
  readonly fleet: Fleet;
  /** Messages so far. */
  traffic(): Traffic;
  /** Counts a round that ended. */
  noteRound(report: RoundReport): void;
  /** The study rests between two rounds, or goes on. */
  notePause(change: 'paused' | 'unpaused'): void;
  /** Tells all clients, and those who come later, that the study is over, for good or for now. */
  announceEnd(end: Omit<Goodbye, 'kind'>): void;
  /** Who has not heard yet how the study ended. */
  readonly farewell: Farewell;
}

export interface Entrance extends ServedStudy {
  /** The study's. */
  readonly name: string;
  readonly status: StatusSource;
  /** Listens nowhere: a host passes on to it what comes in for the study. */
  readonly http: HttpServer;
  readonly door: DoorPlan;
}

export async function openEntrance(options: EntranceOptions): Promise<Entrance> {
  const { study, limits = defaultLimits, clock = systemClock } = options;
  let goodbye: Goodbye | undefined;
  let isPaused = false;
  const reception = await openReception({ ...options, limits, clock, goodbye: () => goodbye });
  const { roster, tally, traffic } = reception;
  const waiting = waitingFleet(fleetOf(reception), roster, (present, missing) => {
    options.onEvent({ kind: 'waiting', present, missing });
  });
  const status: StatusSource = {
    status: () => ({
      study: study.name,
      status: goodbye ? endOf(goodbye) : isPaused ? 'paused' : waiting.isWaiting() ? 'waiting' : 'running',
      clients: roster.joined().length,
    }),
    metrics: () => studyMetrics(reception, server),
  };
  const http = createServer(statusPages(status));
  const server = openDoor(http, reception);
  return {
    name: study.name,
    status,
    http,
    door: { ...options, limits, clock },
    fleet: waiting.fleet,
    farewell: reception.farewell,
    traffic: () => traffic.read(),
    noteRound: (report) => {
      tally.round(report);
    },
    notePause: (change) => {
      isPaused = change === 'paused';
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

function endOf({ finished }: Goodbye): 'finished' | 'stopped' {
  return finished ? 'finished' : 'stopped';
}

function fleetOf({ roster, tally, limits, clock, onEvent }: Reception): Fleet {
  return socketFleet({
    roster,
    returnSeconds: limits.returnSeconds,
    timer: clock,
    onReturn: (client, stage, round) => {
      tally.resent();
      onEvent({ kind: 'asked-again', client, stage, round });
    },
  });
}

/** Ends all connections. Socket.io's own `close` would drop what waits to be sent, such as a goodbye. */
export async function closeGently(server: ClientServer): Promise<void> {
  const connections = [...server.sockets.sockets.values()].map(({ conn }) => conn);
  const closed = connections.map((connection) => once(connection, 'close'));
  connections.forEach((connection) => {
    connection.close();
  });
  await Promise.all(closed);
  await server.close();
}
