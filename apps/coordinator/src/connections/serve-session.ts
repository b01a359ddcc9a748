/** Serves a connection until it ends: what arrives on it is limited, decoded and handled. */

import {
  decodeFromClient,
  isTransfer,
  MessageRefused,
  requireNoTransfer,
  VersionRefused,
  type Answer,
  type Availability,
  type Decline,
  type Failure,
  type FromClient,
} from '@gaitway/protocol';
import { isIgnored } from '../fleet/answer-verdict.js';
import type { Disconnection } from '../fleet/disconnection.js';
import { ClientSession } from './client-session.js';
import { disconnectionOf, type ClientSocket } from './client-socket.js';
import { expectHello, handleHello, handleJoin, handleProof } from './handshake.js';
import type { SessionContext } from './session-context.js';
import { clientOf, nameOf, type Ended, type Joined } from './session-state.js';
import { handleTransfer } from './uploads.js';

/**
 * Begins a session on a connection that was just made.
 *
 * @param onJoin - Called when the client has joined
 */
export function serveSession(socket: ClientSocket, context: SessionContext, onJoin: () => void): void {
  const session = new ClientSession(socket, context, onJoin);
  expectHello(session);
  socket.on('message', (frame: unknown) => {
    if (session.state.kind !== 'ended') {
      context.traffic.up(frame instanceof Uint8Array ? frame.length : 0);
      receive(session, frame);
    }
  });
  socket.on('error', (error) => {
    session.abort({ reason: `what arrived from it is damaged: ${error.message}`, cause: 'damaged' });
  });
  socket.on('disconnect', (cause, description) => {
    session.cancelDeadline();
    session.transition({ kind: 'disconnect', disconnection: disconnectionOf(cause, description) });
    if (session.state.kind === 'ended') {
      cleanUp(session, session.state);
    }
  });
}

function receive(session: ClientSession, frame: unknown): void {
  if (!session.takeMessageToken()) {
    const { atOnce, perSecond } = session.context.limits.messages;
    session.refuse(
      'flood',
      `exceeded the limit of ${atOnce} unsolicited messages at once, then ${perSecond} per second`,
    );
    return;
  }
  const message = decode(session, () => decodeFromClient(frame));
  if (message) {
    handle(session, message);
  }
}

/** Returns the message; undefined where the bytes are none, and their sender was refused for that. */
function decode(session: ClientSession, decoded: () => FromClient): FromClient | undefined {
  try {
    return decoded();
  } catch (error) {
    if (!(error instanceof MessageRefused)) {
      throw error;
    }
    session.refuse(error instanceof VersionRefused ? 'other-version' : 'malformed', error.message);
    return undefined;
  }
}

function handle(session: ClientSession, message: FromClient): void {
  if (isTransfer(message)) {
    handleTransfer(session, message);
    return;
  }
  switch (message.kind) {
    case 'hello':
      handleHello(session, message);
      break;
    case 'proof':
      void handleProof(session, message);
      break;
    case 'join':
      handleJoin(session, message, (bytes) => {
        handleAssembled(session, bytes);
      });
      break;
    case 'decline':
      handleDecline(session, message);
      break;
    case 'availability':
      handleAvailability(session, message);
      break;
    case 'answer':
    case 'failure':
      handleAnswer(session, message);
  }
}

/** Handles a message that arrived in parts. Its offer has already taken a token. */
function handleAssembled(session: ClientSession, bytes: Uint8Array): void {
  if (session.state.kind === 'ended') {
    return;
  }
  const message = decode(session, () => requireNoTransfer(decodeFromClient(bytes)));
  if (message) {
    handle(session, message);
  }
}

/** The client was shown the study and does not take part in it. */
function handleDecline(session: ClientSession, { reason }: Decline): void {
  const { state, context } = session;
  if (state.kind !== 'welcomed') {
    session.refuse('out-of-turn', 'expected a client to decline a study before it joins');
    return;
  }
  context.onEvent({ kind: 'declined', client: state.client.client, reason });
  session.cancelDeadline();
  session.close({ reason: 'it does not take part', cause: 'left' });
}

/** The client says whether it can be given tasks. */
function handleAvailability(session: ClientSession, { available, reason }: Availability): void {
  const registered = clientOf(session.state);
  if (!registered) {
    session.refuse('out-of-turn', 'expected a client to say hello before it says whether it is available');
    return;
  }
  const { clients, onEvent } = session.context;
  clients.setAvailable(registered, available);
  const { client } = registered;
  onEvent(
    available
      ? { kind: 'available', client }
      : { kind: 'unavailable', client, reason: reason ?? 'it does not say why' },
  );
}

function handleAnswer(session: ClientSession, message: Answer | Failure): void {
  const { state, context } = session;
  if (state.kind !== 'joined') {
    session.refuse('out-of-turn', `expected a client to join before its first ${message.kind}`);
    return;
  }
  const verdict = state.tasks.settle(message);
  context.counters.answered(verdict);
  if (isIgnored(verdict)) {
    context.onEvent({ kind: 'ignored', client: state.client.client, id: message.id, reason: verdict });
  } else {
    session.returnMessageToken();
  }
}

/** Releases all that belonged to a session, and lets those who wait for its client know that it is gone. */
function cleanUp({ outbox, context }: ClientSession, { last, disconnection }: Ended): void {
  const { clients, drain, counters } = context;
  outbox.close();
  if (last.kind === 'joined') {
    last.inbox.close();
  }
  const registered = clientOf(last);
  if (registered) {
    clients.leave(registered);
  }
  const name = nameOf(last);
  if (name !== undefined && disconnection.cause === 'left') {
    drain.left(name);
  }
  if (disconnection.cause === 'too-large' || disconnection.cause === 'damaged') {
    counters.refused(disconnection.cause);
  }
  if (last.kind === 'joined') {
    cleanUpMembership(context, last, {
      disconnection,
      // What came too slowly is lost, and counts as no progress: otherwise the client could go on like that for ever.
      hadProgress: disconnection.cause !== 'slow' && (outbox.hasProgressed() || last.inbox.hasProgressed()),
    });
  }
}

function cleanUpMembership(
  { uploads, counters, study, onEvent }: SessionContext,
  { client: { client }, tasks }: Joined,
  { disconnection, hadProgress }: { readonly disconnection: Disconnection; readonly hadProgress: boolean },
): void {
  uploads.disconnected(client);
  tasks.lose(disconnection, hadProgress);
  counters.left(disconnection.cause);
  if (!study.closingMessage()) {
    // Once the study is over, everybody leaves, and that is not worth a line.
    onEvent({ kind: 'left', client, reason: disconnection.reason });
  }
}
