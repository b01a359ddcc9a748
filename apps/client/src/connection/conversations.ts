/** The conversations of a client, one on each connection, and what ends them or only interrupts them. */

import { createReassemblyBuffer, type FromClient, type Goodbye, type OutgoingMessage } from '@gaitway/protocol';
import type { Ledger } from '../ledger/ledger.js';
import type { PreparationCache } from '../tasks/prepared-participant.js';
import { messageEncoder } from './channel.js';
import { JoinRefused, startConversation, type ConversationOptions } from './conversation.js';
import { disconnectionReason, unansweredReason, unreachableReason } from './fault-text.js';
import type { Handshakes } from './handshake.js';
import {
  bindingOf,
  type ClientSocket,
  type Connection,
  type ConnectionOptions,
  openConnection,
} from './open-connection.js';
import type { ReconnectPolicy } from './reconnect-policy.js';

/** Seconds after which a client tries again where somebody else was in its coordinator's place. */
const STRANGER_PAUSE_SECONDS = 5;

/** What stays the same over all connections. */
export interface Membership extends Pick<ConversationOptions, 'availability' | 'onEvent'> {
  /** The coordinator's. */
  readonly url: string;
  /** Records each message before it leaves; where it throws, nothing leaves and the client ends. */
  readonly record?: Ledger['record'];
  readonly handshakes: Handshakes;
  readonly preparations: PreparationCache;
  readonly reconnectPolicy: ReconnectPolicy;
}

/** Has one conversation after the other, one on each connection, until a goodbye. Rejects where this client cannot take part. */
export function converse(socket: ClientSocket, membership: Membership): Promise<Goodbye> {
  const { url, record, onEvent, reconnectPolicy } = membership;
  let connection: Connection | undefined;
  let attempt = 0;
  return new Promise((resolve, reject) => {
    const kept = { reassembly: createReassemblyBuffer(), encode: recordedEncoder(record, socket, reject) };
    const { endConnection, ...listeners } = endingsOf(socket, membership, resolve, reject);
    const begin: ConnectionOptions['begin'] = (line) =>
      startConversation({ ...membership, ...listeners, ...line, binding: bindingOf(socket) });
    socket.on('connect', () => {
      connection = openConnection(socket, { ...kept, begin, onEvent });
    });
    socket.on('message', (frame: unknown) => {
      try {
        connection?.receive(frame);
      } catch (error) {
        endConnection(error);
      }
    });
    socket.on('disconnect', (cause, description) => {
      connection?.end();
      if (cause === 'io server disconnect') {
        endConnection(new JoinRefused('the coordinator ended the connection'));
      } else if (cause !== 'io client disconnect') {
        const reasonOf = connection ? disconnectionReason : unansweredReason;
        onEvent({ kind: 'disconnected', reason: reasonOf(cause, description) });
      }
      connection = undefined; // what arrived on it but is handled only now must get no answer on the next connection
      reconnectPolicy.disconnected();
    });
    socket.on('connect_error', (error) => {
      onEvent({ kind: 'unreachable', attempt: ++attempt, reason: unreachableReason(error, url) });
    });
    reconnectPolicy.disconnected();
    socket.connect();
  });
}

/** An encoder of messages that records each of them before it can leave. */
function recordedEncoder(
  record: Membership['record'],
  socket: ClientSocket,
  onFailure: (error: unknown) => void,
): (message: FromClient) => OutgoingMessage {
  const encode = messageEncoder();
  return (message) => {
    const outgoing = encode(message);
    try {
      record?.(message, outgoing.bytes);
    } catch (error) {
      socket.disconnect(); // what is sent on it from now on never leaves
      onFailure(error);
    }
    return outgoing;
  };
}

interface Endings extends Pick<ConversationOptions, 'onEnd' | 'onUnproven' | 'onGoodbye' | 'onProven'> {
  /** Something is wrong with the connection, at whatever point of the conversation. */
  readonly endConnection: (error: unknown) => void;
}

/** What ends this client's part in the study, and what only sends it away for a while. */
function endingsOf(
  socket: ClientSocket,
  membership: Membership,
  resolve: (goodbye: Goodbye) => void,
  fail: (error: unknown) => void,
): Endings {
  const { handshakes, onEvent, reconnectPolicy } = membership;
  const onUnproven = (error: unknown): void => {
    if (handshakes.knowsCoordinator()) {
      const reason = error instanceof Error ? error.message : String(error);
      onEvent({ kind: 'unproven', reason, afterSeconds: STRANGER_PAUSE_SECONDS });
      stayAway(socket, membership, STRANGER_PAUSE_SECONDS);
    } else {
      fail(error);
    }
  };
  return {
    onEnd: fail,
    onUnproven,
    endConnection: (error) => {
      (handshakes.proven() === undefined ? onUnproven : fail)(error);
    },
    onProven: () => {
      reconnectPolicy.connected();
    },
    onGoodbye: (goodbye) => {
      if (goodbye.retryAfterSeconds === undefined) {
        resolve(goodbye);
      } else {
        const { reason, retryAfterSeconds: afterSeconds } = goodbye;
        onEvent({ kind: 'asked-to-return', reason, afterSeconds });
        stayAway(socket, membership, afterSeconds);
      }
    },
  };
}

/** Disconnects, and connects again after a while. */
function stayAway(socket: ClientSocket, { reconnectPolicy }: Membership, afterSeconds: number): void {
  socket.disconnect();
  reconnectPolicy.reconnectAfter(afterSeconds, () => {
    socket.connect();
  });
}
