/**
 * When a client connects again and when it gives up on its coordinator, and why a connection broke, as text for people.
 */

import { StudyStopped } from '@gaitway/core';
import { FrameDamaged, PROTOCOL_VERSION } from '@gaitway/protocol';
import type { Socket } from 'socket.io-client';

export interface ReconnectPolicy {
  /** There is no connection: starts the time after which the client gives up, unless it is running already. */
  disconnected(): void;
  /** There is a connection: stops that time. */
  connected(): void;
  /** Calls `connect` after as many seconds and up to half as many more, so that not all clients return at once. */
  reconnectAfter(seconds: number, connect: () => void): void;
  /** Cancels everything that is scheduled. */
  cancel(): void;
}

export interface ReconnectOptions {
  /** Seconds without a connection after which the client gives up. Absent: it never does. */
  readonly giveUpAfterSeconds: number | undefined;
  readonly onGiveUp: (error: StudyStopped) => void;
}

/** Node fires a timer that is set to more than this at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Makes the policy of a client that has no connection yet. */
export function createReconnectPolicy({ giveUpAfterSeconds, onGiveUp }: ReconnectOptions): ReconnectPolicy {
  let givingUp: NodeJS.Timeout | undefined;
  let reconnecting: NodeJS.Timeout | undefined;
  const connected = (): void => {
    clearTimeout(givingUp);
    givingUp = undefined;
  };
  return {
    connected,
    disconnected: () => {
      if (giveUpAfterSeconds !== undefined) {
        givingUp ??= setTimeout(
          () => {
            onGiveUp(new StudyStopped(`no coordinator was there for ${giveUpAfterSeconds} seconds`));
          },
          Math.min(giveUpAfterSeconds * 1000, LONGEST_TIMER_MS),
        );
      }
    },
    reconnectAfter: (seconds, connect) => {
      reconnecting = setTimeout(connect, seconds * 1000 * (1 + Math.random() / 2));
    },
    cancel: () => {
      connected();
      clearTimeout(reconnecting);
    },
  };
}

/** The close code of a WebSocket on which the other side received a message that is too large (RFC 6455, 7.4.1). */
const MESSAGE_TOO_BIG = 1009;

/** Why a connection broke. */
export function disconnectionReason(cause: Socket.DisconnectReason, description: unknown): string {
  const lost =
    cause === 'ping timeout' ? 'the coordinator no longer answers' : 'the connection to the coordinator broke';
  return faultOf(description) ?? lost;
}

/** Why a connection broke before the other side had sent anything. */
export function unansweredReason(_: Socket.DisconnectReason, description: unknown): string {
  const expected = `expected a Gaitway coordinator that speaks version ${PROTOCOL_VERSION} of the protocol`;
  return faultOf(description) ?? `${expected}, found one of another version, or another program, that hangs up`;
}

function faultOf(description: unknown): string | undefined {
  if (closeCodeOf(description) === MESSAGE_TOO_BIG) {
    return 'the coordinator takes no message as large as the last one';
  }
  return description instanceof FrameDamaged
    ? `what arrived from the coordinator is damaged: ${description.message}`
    : undefined;
}

/** The HTTP status with which a coordinator answers to a name that is not its own (RFC 9110, 15.5.20). */
const MISDIRECTED_REQUEST = 421;

/** Why a connection could not be made, such as `connect ECONNREFUSED 127.0.0.1:7070`. */
export function unreachableReason(error: Error): string {
  const { description } = error as { readonly description?: unknown };
  if (description === MISDIRECTED_REQUEST) {
    return 'the coordinator has another name than this address: its operator can give it this one with --public-url';
  }
  if (typeof description === 'number') {
    return `the answer is HTTP status ${description}`;
  }
  const { cause } = (description ?? {}) as { readonly cause?: unknown };
  return messageOf(cause) ?? messageOf(description) ?? error.message;
}

function closeCodeOf(description: unknown): unknown {
  const { context } = (description ?? {}) as { readonly context?: { readonly code?: unknown } };
  return context?.code;
}

function messageOf(description: unknown): string | undefined {
  const { message } = (description ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' && message !== '' ? message : undefined;
}
