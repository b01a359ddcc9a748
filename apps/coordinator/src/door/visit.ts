/** A connection at the door: how far it has come, what it is told, and how it is sent away. */

import type { ClientId } from '@gaitway/core';
import { encode, shortened, type FromCoordinator, type Inbox, type Outbox } from '@gaitway/protocol';
import type { Allowances } from '../limits/allowance.js';
import type { ClientConnection } from '../fleet/client-connection.js';
import type { ClientSocket } from './client-socket.js';
import type { Departure } from '../fleet/connection-lost.js';
import type { Reception } from './reception.js';
import type { Guest } from '../fleet/roster.js';
import type { RefusalReason } from '../metrics/tally.js';

/** The key of all messages among a visit's allowances. */
export const MESSAGES = 'messages';

/** How far a connection has come. */
export interface Visit {
  readonly socket: ClientSocket;
  readonly reception: Reception;
  /** Messages that nobody waits for, under one key. */
  readonly messages: Allowances;
  /** What leaves in order: tasks, and whatever else can be large. */
  readonly outbox: Outbox;
  guest?: Guest;
  /** Of large messages; there once it has joined. */
  inbox?: Inbox;
  connection?: ClientConnection;
  /** Name of a client that came after the end of the study, and was told so. */
  toldGoodbye?: ClientId;
  /** Why the coordinator ends it. */
  dismissal?: Departure;
  /** Calls off what ends it when the next step takes too long. */
  patience?: () => void;
}

/** Seconds for which a client that is too slow, or returns too often, must stay away. */
const REST_SECONDS = 30;

export function refuse(visit: Visit, reason: RefusalReason, text: string, client?: ClientId): void {
  say(visit, { kind: 'refusal', reason: shortened(text) });
  turnAway(visit, reason, text, client);
}

/** It did nothing that a bad network does not do: not refused, but told to come back after a rest. */
export function sendAway(visit: Visit, reason: RefusalReason, text: string, client?: ClientId): void {
  say(visit, { kind: 'goodbye', reason: text, finished: false, retryAfterSeconds: REST_SECONDS });
  turnAway(visit, reason, text, client);
}

/** Sends it away unless its next step comes in time. */
export function expectWithin(visit: Visit, seconds: number, reason: RefusalReason, missing: string): void {
  visit.patience?.();
  visit.patience = visit.reception.clock.after(seconds, () => {
    sendAway(visit, reason, `${missing} came within ${seconds} seconds`);
  });
}

function turnAway(visit: Visit, reason: RefusalReason, text: string, client?: ClientId): void {
  const { reception, socket, guest } = visit;
  reception.tally.refused(reason);
  reception.onEvent({ kind: 'refused', client: client ?? guest?.client ?? socket.handshake.address, reason: text });
  dismissVisit(visit, { reason: text, cause: 'dismissed' });
}

export function dismissVisit(visit: Visit, departure: Departure): void {
  visit.dismissal = departure;
  visit.socket.disconnect(true);
}

/** Ends a connection that cannot be trusted: nothing more is said on it, and the client may come back on another. */
export function breakOff(visit: Visit, departure: Departure): void {
  visit.dismissal = departure;
  visit.socket.conn.close(true);
}

/** Says something short at once, past all that waits in the outbox. */
export function say({ socket, reception }: Visit, message: FromCoordinator): void {
  emit(socket, reception, encode(message));
}

export function emit(socket: ClientSocket, { traffic }: Reception, message: Uint8Array): void {
  traffic.down(message.length);
  socket.emit('message', message);
}
