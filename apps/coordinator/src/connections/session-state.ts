/**
 * The state machine of a client session: every state of a connection, what it holds, and all transitions.
 *
 * ```
 * connected --challenge--> challenged --prove--> proven --welcome--> welcomed --join--> joined
 *     |                          |                  |                    |                |
 *     |                          |                  +--inform--> informed |                |
 *     |                          |                  |               |     |                |
 *     +--------------------------+------------------+---------------+-----+----------------+--close or disconnect--> ended
 * ```
 *
 * Transitions are pure. What else a message or a timer brings about is in the files that handle it.
 */

import type { ClientId } from '@gaitway/core';
import type { Handshake, Inbox } from '@gaitway/protocol';
import type { ClientConnection } from '../fleet/client-connection.js';
import type { RegisteredClient } from '../fleet/client-registry.js';
import type { Disconnection } from '../fleet/disconnection.js';

/** Where a connection stands in its session. */
export type SessionState = OpenState | Ended;

/** The states in which messages are accepted. */
export type OpenState = Connected | Challenged | Proven | Informed | Welcomed | Joined;

/** The client has not said hello. */
export interface Connected {
  readonly kind: 'connected';
}

/** The client is to prove that it holds its key. */
export interface Challenged {
  readonly kind: 'challenged';
  /** Version of the client's Gaitway. */
  readonly gaitway: string;
  /** What its proof has to sign. */
  readonly handshake: Handshake;
}

/** The client has proved that it holds its key. Whether it may take part with it is being looked up. */
export interface Proven {
  readonly kind: 'proven';
}

/** The study was over before the client came, and the client has been told so. It is expected to leave. */
export interface Informed {
  readonly kind: 'informed';
  readonly name: ClientId;
}

/** The client has the study and prepares for it. */
export interface Welcomed {
  readonly kind: 'welcomed';
  readonly client: RegisteredClient;
}

/** The client can be given tasks. */
export interface Joined {
  readonly kind: 'joined';
  readonly client: RegisteredClient;
  readonly tasks: ClientConnection;
  /** Receives the client's large messages. */
  readonly inbox: Inbox;
}

/** The session is over, and whatever still arrives is ignored until the socket has closed. */
export interface Ended {
  readonly kind: 'ended';
  readonly disconnection: Disconnection;
  /** The state in which it ended: it says what has to be cleaned up. */
  readonly last: OpenState;
}

export type SessionEvent =
  | { readonly kind: 'challenge'; readonly gaitway: string; readonly handshake: Handshake }
  | { readonly kind: 'prove' }
  | { readonly kind: 'inform'; readonly name: ClientId }
  | { readonly kind: 'welcome'; readonly client: RegisteredClient }
  | { readonly kind: 'join'; readonly tasks: ClientConnection; readonly inbox: Inbox }
  /** The coordinator ends the session. */
  | { readonly kind: 'close'; readonly disconnection: Disconnection }
  /** The socket has closed, for whatever reason. */
  | { readonly kind: 'disconnect'; readonly disconnection: Disconnection };

/** The state of a new connection. */
export const initialState: SessionState = { kind: 'connected' };

/**
 * The state after an event.
 *
 * @throws Error for an event that must not happen in that state: the handlers of messages rule it out
 */
export function nextState(state: SessionState, event: SessionEvent): SessionState {
  switch (event.kind) {
    case 'challenge':
      requireState(state, 'connected', event);
      return { kind: 'challenged', gaitway: event.gaitway, handshake: event.handshake };
    case 'prove':
      requireState(state, 'challenged', event);
      return { kind: 'proven' };
    case 'inform':
      requireState(state, 'proven', event);
      return { kind: 'informed', name: event.name };
    case 'welcome':
      requireState(state, 'proven', event);
      return { kind: 'welcomed', client: event.client };
    case 'join': {
      const { client } = requireState(state, 'welcomed', event);
      return { kind: 'joined', client, tasks: event.tasks, inbox: event.inbox };
    }
    case 'close':
      // The last reason counts: a broken connection may be replaced by a new one before its socket has closed.
      return { kind: 'ended', disconnection: event.disconnection, last: openState(state) };
    case 'disconnect':
      // A socket that the coordinator closed has the coordinator's reason.
      return state.kind === 'ended' ? state : { kind: 'ended', disconnection: event.disconnection, last: state };
  }
}

/** The client of the session, once it has been welcomed. */
export function clientOf(state: SessionState): RegisteredClient | undefined {
  const open = openState(state);
  return open.kind === 'welcomed' || open.kind === 'joined' ? open.client : undefined;
}

/** The name of the client, once it has proved that it is its own. */
export function nameOf(state: SessionState): ClientId | undefined {
  const open = openState(state);
  return open.kind === 'informed' ? open.name : clientOf(open)?.client;
}

function openState(state: SessionState): OpenState {
  return state.kind === 'ended' ? state.last : state;
}

function requireState<Kind extends SessionState['kind']>(
  state: SessionState,
  kind: Kind,
  event: SessionEvent,
): Extract<SessionState, { readonly kind: Kind }> {
  if (state.kind !== kind) {
    throw new Error(`a session that is ${state.kind} cannot take "${event.kind}"`);
  }
  return state as Extract<SessionState, { readonly kind: Kind }>;
}
