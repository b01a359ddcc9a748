/** The door: a connection says hello, is welcomed, joins, and from then on answers tasks. Whoever does not is refused. */

import type { Task } from '@gaitway/core';
import { gaitwayVersion } from '@gaitway/node';
import {
  createOutbox,
  createParcel,
  decodeFromClient,
  encode,
  MessageRefused,
  VersionRefused,
  type Answer,
  type Availability,
  type Failure,
  type FromClient,
  type Goodbye,
  type Hello,
  type Join,
  type Refusal,
  type Welcome,
} from '@gaitway/protocol';
import { createAllowances, type Allowances } from '../limits/allowance.js';
import { isIgnored } from '../fleet/answer-verdict.js';
import { clientConnection } from '../fleet/client-connection.js';
import { departureOf, type ClientSocket } from './client-socket.js';
import type { CoordinatorEvent } from './coordinator-event.js';
import { endVisit } from './end-visit.js';
import type { Farewell } from './farewell.js';
import { helloRefusal, joinRefusal, type StudyIdentity } from './handshake.js';
import type { Roster } from '../fleet/roster.js';
import type { ServiceLimits } from '../limits/service-limits.js';
import type { RefusalReason, Tally } from '../metrics/tally.js';
import type { TaskFrames } from '../fleet/task-frames.js';
import type { TrafficMeter } from '../metrics/traffic.js';
import { openInbox, transfer } from './transfer.js';
import type { UploadRoom } from './upload-room.js';
import { breakOff, dismissVisit, emit, MESSAGES, refuse, say, sendAway, type Visit } from './visit.js';

/** What all connections of a study share. */
export interface Reception {
  readonly identity: StudyIdentity;
  readonly welcome: Omit<Welcome, 'session'>;
  readonly roster: Roster;
  readonly farewell: Farewell;
  readonly traffic: TrafficMeter;
  readonly tally: Tally;
  readonly limits: ServiceLimits;
  readonly maximumMessageBytes: number;
  readonly uploads: UploadRoom;
  /** Hellos, by client. */
  readonly hellos: Allowances;
  /** Milliseconds from any start. */
  readonly now: () => number;
  readonly framesOf: (task: Task) => TaskFrames;
  /** A session nobody can guess. */
  readonly newSession: () => string;
  /** What everybody is told who comes after the end, or who looks for another study. */
  readonly goodbye: () => Goodbye | Refusal | undefined;
  readonly onEvent: (event: CoordinatorEvent) => void;
}

/** Attends to a connection until it ends. */
export function receiveClient(socket: ClientSocket, reception: Reception): void {
  const { limits, now } = reception;
  const outbox = createOutbox({
    emit: (message) => {
      emit(socket, reception, message);
    },
    now,
  });
  const visit: Visit = { socket, reception, messages: createAllowances(limits.messages, now), outbox };
  expectWithin(visit, limits.helloSeconds, 'no-hello', 'no hello');
  socket.on('message', (frame: unknown) => {
    if (!visit.dismissal) {
      reception.traffic.up(frame instanceof Uint8Array ? frame.length : 0);
      receive(visit, frame);
    }
  });
  socket.on('error', (error) => {
    breakOff(visit, { reason: `what arrived from it is damaged: ${error.message}`, cause: 'damaged' });
  });
  socket.on('disconnect', (cause, description) => {
    clearTimeout(visit.patience);
    endVisit(visit, visit.dismissal ?? departureOf(cause, description));
  });
}

function expectWithin(visit: Visit, seconds: number, reason: RefusalReason, missing: string): void {
  clearTimeout(visit.patience);
  visit.patience = setTimeout(() => {
    sendAway(visit, reason, `${missing} came within ${seconds} seconds`);
  }, seconds * 1000);
}

function receive(visit: Visit, frame: unknown): void {
  if (!visit.messages.take(MESSAGES)) {
    const { atOnce, perSecond } = visit.reception.limits.messages;
    refuse(visit, 'flood', `sent over ${atOnce} messages that nobody waited for, and then over ${perSecond} a second`);
    return;
  }
  understand(visit, frame);
}

function understand(visit: Visit, frame: unknown): void {
  const message = decoded(visit, frame);
  if (message) {
    hear(visit, message);
  }
}

/** The message; undefined when it is none, and its sender is refused for that. */
function decoded(visit: Visit, frame: unknown): FromClient | undefined {
  try {
    return decodeFromClient(frame);
  } catch (error) {
    if (!(error instanceof MessageRefused)) {
      throw error;
    }
    refuse(visit, error instanceof VersionRefused ? 'other-version' : 'malformed', error.message);
    return undefined;
  }
}

function hear(visit: Visit, message: FromClient): void {
  switch (message.kind) {
    case 'hello':
      greet(visit, message);
      break;
    case 'join':
      admit(visit, message);
      break;
    case 'availability':
      noteAvailability(visit, message);
      break;
    case 'answer':
    case 'failure':
      take(visit, message);
      break;
    case 'offer':
    case 'part':
    case 'held':
    case 'withdrawal':
      transfer(visit, message);
  }
}

function greet(visit: Visit, hello: Hello): void {
  const { reception } = visit;
  const { client } = hello;
  const goodbye = reception.goodbye();
  if (goodbye?.kind === 'refusal') {
    refuse(visit, 'no-such-study', goodbye.reason, client);
    return;
  }
  if (goodbye) {
    visit.toldGoodbye = client;
    say(visit, goodbye);
    return;
  }
  if (visit.guest) {
    refuse(visit, 'out-of-turn', 'said hello twice');
    return;
  }
  const present = reception.roster.guest(client);
  const refusal = helloRefusal(hello, present?.session);
  if (refusal !== undefined) {
    refuse(visit, 'name', refusal, client);
  } else if (reception.hellos.take(client)) {
    present?.dismiss({ reason: 'it came back on a new connection', cause: 'replaced' });
    welcome(visit, hello);
  } else {
    sendAway(visit, 'returns-too-often', 'it comes back too often', client);
  }
}

function welcome(visit: Visit, { client, gaitway, session = visit.reception.newSession() }: Hello): void {
  const { reception } = visit;
  visit.guest = {
    client,
    gaitway,
    session,
    dismiss: (departure) => {
      dismissVisit(visit, departure);
    },
    tell: (message) => {
      say(visit, message);
    },
  };
  reception.roster.welcome(visit.guest);
  expectWithin(visit, reception.limits.joinSeconds, 'no-join', 'no join');
  visit.outbox.post(createParcel(encode({ ...reception.welcome, session })));
}

function admit(visit: Visit, join: Join): void {
  const { guest, reception } = visit;
  if (!guest || visit.connection) {
    refuse(visit, 'out-of-turn', guest ? 'joined twice' : 'expected a client to say hello before it joins');
    return;
  }
  const refusal = joinRefusal(join, reception.identity);
  if (refusal !== undefined) {
    const versions = `Gaitway ${guest.gaitway} at the client, ${gaitwayVersion} at the coordinator`;
    refuse(visit, 'other-study', `${refusal} (${versions}: both need the same)`);
    return;
  }
  clearTimeout(visit.patience);
  const { client } = guest;
  const { framesOf } = reception;
  visit.inbox = openInbox(visit, client, (bytes) => {
    understand(visit, bytes);
  });
  reception.farewell.arrived(client);
  visit.connection = clientConnection({ client, framesOf, outbox: visit.outbox });
  say(visit, { kind: 'joined' });
  reception.tally.joined();
  reception.onEvent({ kind: 'joined', client, ...(join.windows !== undefined && { windows: join.windows }) });
  reception.roster.join(guest, visit.connection);
}

function noteAvailability(visit: Visit, { available, reason }: Availability): void {
  const { guest, reception } = visit;
  if (!guest) {
    refuse(visit, 'out-of-turn', 'expected a client to say hello before it says whether it is available');
    return;
  }
  reception.roster.setAvailable(guest, available);
  const { client } = guest;
  reception.onEvent(
    available
      ? { kind: 'available', client }
      : { kind: 'unavailable', client, reason: reason ?? 'it does not say why' },
  );
}

function take(visit: Visit, message: Answer | Failure): void {
  const { guest, connection, reception } = visit;
  if (!guest || !connection) {
    refuse(visit, 'out-of-turn', `expected a client to join before its first ${message.kind}`);
    return;
  }
  const verdict = connection.settle(message);
  reception.tally.answered(verdict);
  if (isIgnored(verdict)) {
    reception.onEvent({ kind: 'ignored', client: guest.client, id: message.id, reason: verdict });
  } else {
    visit.messages.restore(MESSAGES);
  }
}
