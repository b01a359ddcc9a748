/** The door: a connection says hello, is welcomed, joins, and from then on answers tasks. Whoever does not is refused. */

import type { ClientId, Task } from '@gaitway/core';
import { gaitwayVersion } from '@gaitway/node';
import {
  decodeFromClient,
  encode,
  MessageRefused,
  shortened,
  type FromClient,
  type FromCoordinator,
  type Goodbye,
  type Hello,
  type Join,
  type Welcome,
} from '@gaitway/protocol';
import { clientConnection, type ClientConnection } from './client-connection.js';
import type { CoordinatorEvent } from './coordinator-event.js';
import { departureReason, type ClientSocket } from './client-socket.js';
import { helloRefusal, joinRefusal, type StudyIdentity } from './handshake.js';
import type { Guest, Roster } from './roster.js';
import type { TaskFrames } from './task-frames.js';
import type { TrafficMeter } from './traffic.js';

/** What all connections of a study share. */
export interface Reception {
  readonly identity: StudyIdentity;
  readonly welcome: Omit<Welcome, 'session'>;
  readonly roster: Roster;
  readonly traffic: TrafficMeter;
  readonly framesOf: (task: Task) => TaskFrames;
  /** A session nobody can guess. */
  readonly newSession: () => string;
  /** What everybody is told who comes after the end. */
  readonly goodbye: () => Goodbye | undefined;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

/** How far a connection has come. */
interface Visit {
  readonly socket: ClientSocket;
  readonly reception: Reception;
  guest?: Guest;
  connection?: ClientConnection;
  /** Why the coordinator ends it. */
  dismissal?: string;
}

/** Attends to a connection until it ends. */
export function receiveClient(socket: ClientSocket, reception: Reception): void {
  const visit: Visit = { socket, reception };
  socket.on('message', (frame: unknown) => {
    reception.traffic.up(frame instanceof Uint8Array ? frame.length : 0);
    try {
      hear(visit, decodeFromClient(frame));
    } catch (error) {
      if (!(error instanceof MessageRefused)) {
        throw error;
      }
      refuse(visit, error.message);
    }
  });
  socket.on('disconnect', (cause, description) => {
    leave(visit, visit.dismissal ?? departureReason(cause, description));
  });
}

/** @throws MessageRefused when it is not the client's turn to say that, or it does not fit the study. */
function hear(visit: Visit, message: FromClient): void {
  switch (message.kind) {
    case 'hello':
      greet(visit, message);
      break;
    case 'join':
      admit(visit, message);
      break;
    case 'answer':
    case 'failure':
      if (!visit.connection) {
        throw new MessageRefused(`expected a client to join before its first ${message.kind}`);
      }
      visit.connection.settle(message);
  }
}

function greet(visit: Visit, hello: Hello): void {
  const { reception } = visit;
  const goodbye = reception.goodbye();
  if (goodbye) {
    say(visit, goodbye);
    return;
  }
  const present = reception.roster.guest(hello.client);
  const refusal = visit.guest ? 'said hello twice' : helloRefusal(hello, present?.session);
  if (refusal !== undefined) {
    refuse(visit, refusal, hello.client);
    return;
  }
  present?.dismiss('it came back on a new connection');
  const { client, gaitway, session = reception.newSession() } = hello;
  visit.guest = {
    client,
    gaitway,
    session,
    dismiss: (reason) => {
      dismissVisit(visit, reason);
    },
    tell: (message) => {
      say(visit, message);
    },
  };
  reception.roster.welcome(visit.guest);
  say(visit, { ...reception.welcome, session });
}

function admit(visit: Visit, join: Join): void {
  const { guest, reception } = visit;
  if (!guest || visit.connection) {
    throw new MessageRefused(guest ? 'joined twice' : 'expected a client to say hello before it joins');
  }
  const refusal = joinRefusal(join, reception.identity);
  if (refusal !== undefined) {
    const versions = `Gaitway ${guest.gaitway} at the client, ${gaitwayVersion} at the coordinator`;
    throw new MessageRefused(`${refusal} (${versions}: both need the same)`);
  }
  const { client } = guest;
  const { framesOf } = reception;
  visit.connection = clientConnection({
    client,
    framesOf,
    send: (frame) => {
      send(visit, frame);
    },
  });
  say(visit, { kind: 'joined' });
  reception.onEvent({ kind: 'joined', client, ...(join.windows !== undefined && { windows: join.windows }) });
  reception.roster.join(guest, visit.connection);
}

function refuse(visit: Visit, reason: string, client?: ClientId): void {
  const { reception, socket } = visit;
  say(visit, { kind: 'refusal', reason: shortened(reason) });
  reception.onEvent({ kind: 'refused', client: client ?? visit.guest?.client ?? socket.handshake.address, reason });
  dismissVisit(visit, reason);
}

function dismissVisit(visit: Visit, reason: string): void {
  visit.dismissal = reason;
  visit.socket.disconnect(true);
}

function leave({ guest, connection, reception }: Visit, reason: string): void {
  if (guest) {
    reception.roster.leave(guest);
  }
  if (guest && connection) {
    connection.lose(reason);
    if (!reception.goodbye()) {
      reception.onEvent({ kind: 'left', client: guest.client, reason }); // once told goodbye, everybody leaves
    }
  }
}

function say(visit: Visit, message: FromCoordinator): void {
  send(visit, encode(message));
}

function send({ socket, reception }: Visit, frame: Uint8Array): void {
  reception.traffic.down(frame.length);
  socket.emit('message', frame);
}
