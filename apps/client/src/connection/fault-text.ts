/** Why a connection broke or could not be made, as text for people. */

import { FrameDamaged, PROTOCOL_VERSION } from '@gaitway/protocol';
import type { Socket } from 'socket.io-client';
import { AnswerRefused } from './http-exchange.js';
import { tlsFault } from './tls-fault.js';

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
  if (description instanceof FrameDamaged) {
    return `what arrived from the coordinator is damaged: ${description.message}`;
  }
  const fault = innermostOf(description);
  if (fault instanceof AnswerRefused) {
    return `the coordinator: ${fault.message}`;
  }
  return socketFaults[fault.code ?? ''];
}

/** What a WebSocket says of frames that no coordinator sends, as the package `ws` names them. */
const socketFaults: Readonly<Partial<Record<string, string>>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'the coordinator sent more at once than any message may have',
  WS_ERR_UNEXPECTED_RSV_1: 'the coordinator sent a compressed message, which nobody agreed to',
};

/** The HTTP status with which a coordinator answers to a name that is not its own (RFC 9110, 15.5.20). */
const MISDIRECTED_REQUEST = 421;

/** The HTTP status of a proxy that wants to know who asks. */
const PROXY_AUTHENTICATION = 407;

/**
 * Why a connection could not be made, such as `connect ECONNREFUSED 127.0.0.1:7070`.
 *
 * @param url - The address that was tried
 */
export function unreachableReason(error: Error, url: string): string {
  const { description } = error as { readonly description?: unknown };
  if (description === MISDIRECTED_REQUEST) {
    return 'the coordinator has another name than this address: its operator can give it this one with --public-url';
  }
  if (description === PROXY_AUTHENTICATION) {
    return 'the proxy wants a name and a password: HTTPS_PROXY=http://name:password@proxy.example.org:3128';
  }
  if (typeof description === 'number') {
    return `the answer is HTTP status ${description}`;
  }
  const innermost = innermostOf(error);
  return tlsFault(innermost, url) ?? faultOf(error) ?? messageOf(innermost) ?? messageOf(description) ?? error.message;
}

/** The error behind one of socket.io, which holds that of a transport, which holds that of the connection. */
function innermostOf(error: unknown): { readonly code?: string } {
  const { description, error: event, cause } = (error ?? {}) as Readonly<Partial<Record<string, unknown>>>;
  const inner = description ?? event ?? cause;
  return typeof inner === 'object' && inner !== null ? innermostOf(inner) : (error ?? {});
}

function closeCodeOf(description: unknown): unknown {
  const { context } = (description ?? {}) as { readonly context?: { readonly code?: unknown } };
  return context?.code;
}

function messageOf(description: unknown): string | undefined {
  const { message } = (description ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' && message !== '' ? message : undefined;
}
