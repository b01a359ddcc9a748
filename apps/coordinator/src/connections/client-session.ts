/** The session of one connection: its state, and the ways in which the coordinator talks to the client and ends it. */

import type { ClientId } from '@gaitway/core';
import { channelBinding } from '@gaitway/node';
import { createOutbox, encode, shortened, type FromCoordinator, type Outbox } from '@gaitway/protocol';
import type { Disconnection } from '../fleet/disconnection.js';
import { createTokenBuckets, type TokenBuckets } from '../limits/connection-limiter.js';
import type { RefusalReason } from '../metrics/service-counters.js';
import type { ClientSocket } from './client-socket.js';
import type { SessionContext } from './session-context.js';
import { clientOf, initialState, nextState, type SessionEvent, type SessionState } from './session-state.js';

/** Seconds for which a client that is too slow, or returns too often, must stay away. */
const REST_SECONDS = 30;

/** The key of the session's only token bucket. */
const MESSAGES = 'messages';

export class ClientSession {
  readonly context: SessionContext;
  /** Sends in order what can be large, such as tasks. */
  readonly outbox: Outbox;
  readonly #socket: ClientSocket;
  readonly #messages: TokenBuckets;
  #state: SessionState = initialState;
  #cancelDeadline = (): void => undefined;

  readonly #onJoin: () => void;

  constructor(socket: ClientSocket, context: SessionContext, onJoin: () => void) {
    const { limits, clock } = context;
    this.#onJoin = onJoin;
    this.#socket = socket;
    this.context = context;
    this.#messages = createTokenBuckets(limits.messages, clock.now);
    this.outbox = createOutbox({
      emit: (message) => {
        this.emit(message);
      },
      now: clock.now,
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** What the signatures of a handshake can be tied to. */
  get channelBinding(): string {
    return channelBinding(this.#socket.request.socket);
  }

  /** Changes the state; the one place in which that happens. */
  transition(event: SessionEvent): void {
    this.#state = nextState(this.#state, event);
    if (event.kind === 'join') {
      this.#onJoin();
    }
  }

  /** Takes a token for a message that the coordinator does not wait for; false where none is left. */
  takeMessageToken(): boolean {
    return this.#messages.take(MESSAGES);
  }

  /** Gives the token back: the message was one that the coordinator waits for. */
  returnMessageToken(): void {
    this.#messages.restore(MESSAGES);
  }

  /** Sends a short message at once, ahead of all that waits in the outbox. */
  send(message: FromCoordinator): void {
    this.emit(encode(message));
  }

  /** Sends the bytes of one message. */
  emit(message: Uint8Array): void {
    this.context.traffic.down(message.length);
    this.#socket.emit('message', message);
  }

  /** Sends the client away for good, with the reason. */
  refuse(reason: RefusalReason, text: string, client?: ClientId): void {
    this.send({ kind: 'refusal', reason: shortened(text) });
    this.#turnAway(reason, text, client);
  }

  /** Sends the client away for a while: it did nothing that a bad network could not have caused. */
  postpone(reason: RefusalReason, text: string, client?: ClientId): void {
    this.send({ kind: 'goodbye', reason: text, finished: false, retryAfterSeconds: REST_SECONDS });
    this.#turnAway(reason, text, client);
  }

  /** Ends the session once what was sent before has left. */
  close(disconnection: Disconnection): void {
    this.transition({ kind: 'close', disconnection });
    this.#socket.disconnect(true);
  }

  /** Breaks a connection that is not to be trusted, without another message. The client may come back on a new one. */
  abort(disconnection: Disconnection): void {
    this.transition({ kind: 'close', disconnection });
    this.#socket.conn.close(true);
  }

  /** Calls `onExpiry` after as many seconds, unless the deadline is cancelled or replaced by another one before. */
  setDeadline(seconds: number, onExpiry: () => void): void {
    this.cancelDeadline();
    this.#cancelDeadline = this.context.clock.after(seconds, onExpiry);
  }

  cancelDeadline(): void {
    this.#cancelDeadline();
  }

  #turnAway(reason: RefusalReason, text: string, client: ClientId | undefined): void {
    const { counters, onEvent } = this.context;
    counters.refused(reason);
    const name = client ?? clientOf(this.#state)?.client ?? this.#socket.handshake.address;
    onEvent({ kind: 'refused', client: name, reason: text });
    this.close({ reason: text, cause: 'dismissed' });
  }
}
