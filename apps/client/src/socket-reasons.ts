/** What socket.io says about broken and missing connections, in words. */

import { FrameDamaged, PROTOCOL_VERSION } from '@gaitway/protocol';
import type { Socket } from 'socket.io-client';

/** Close code of a WebSocket whose other side got a message that it found too large (RFC 6455, section 7.4.1). */
const MESSAGE_TOO_BIG = 1009;

/** Why a connection broke. */
export function disconnectionReason(cause: Socket.DisconnectReason, description: unknown): string {
  const lost =
    cause === 'ping timeout' ? 'the coordinator no longer answers' : 'the connection to the coordinator broke';
  return faultOf(description) ?? lost;
}

/** Why a connection broke on which the other side had said nothing yet. */
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

/** Why there is no connection: `connect ECONNREFUSED 127.0.0.1:7070`. */
export function unreachableReason(error: Error): string {
  const { description } = error as { readonly description?: unknown };
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
