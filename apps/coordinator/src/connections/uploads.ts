/** The large messages of a client, which arrive in parts. */

import type { ClientId } from '@gaitway/core';
import { createInbox, MessageRefused, type Inbox, type Offer, type TransferMessage } from '@gaitway/protocol';
import type { ClientConnection } from '../fleet/client-connection.js';
import type { ClientSession } from './client-session.js';

/**
 * Makes the inbox of a client that joins.
 *
 * @param tasks - The tasks of the client: it may send a large message only while one of them is open
 * @param onMessage - Called with the bytes of each complete message
 */
export function createUploadInbox(
  session: ClientSession,
  client: ClientId,
  tasks: ClientConnection,
  onMessage: (bytes: Uint8Array) => void,
): Inbox {
  const onTooSlow = (): void => {
    const pace = session.context.limits.uploadBytesPerSecond;
    session.abort({ reason: `its message came at less than ${pace} bytes a second`, cause: 'slow' });
  };
  return createInbox({
    reassembly: session.context.uploads.reassembly(client, { mayUpload: tasks.isWaiting, onTooSlow }),
    emit: (message) => {
      session.emit(message);
    },
    onMessage,
    onProgress: (held, total) => {
      session.cancelDeadline();
      if (held < total) {
        expectPart(session);
      }
    },
  });
}

/** Handles a message about a transfer. One that follows from an offer costs no token; the offer itself does. */
export function handleTransfer(session: ClientSession, message: TransferMessage): void {
  try {
    if (isInTurn(session, message)) {
      session.returnMessageToken();
    }
  } catch (error) {
    if (!(error instanceof MessageRefused)) {
      throw error;
    }
    session.refuse('forged', error.message);
  }
}

function isInTurn(session: ClientSession, message: TransferMessage): boolean {
  const { state, outbox } = session;
  if (message.kind === 'held') {
    return outbox.acknowledge(message);
  }
  if (state.kind !== 'joined') {
    session.refuse('out-of-turn', `expected a client to join before its first ${message.kind}`);
    return false;
  }
  switch (message.kind) {
    case 'offer':
      acceptOffer(session, state.inbox, message);
      return false;
    case 'part':
      state.inbox.part(message);
      return true;
    case 'withdrawal':
      session.cancelDeadline();
      state.inbox.withdraw(message);
      return true;
  }
}

function acceptOffer(session: ClientSession, inbox: Inbox, offer: Offer): void {
  const { maximumMessageBytes } = session.context.study;
  if (offer.bytes > maximumMessageBytes) {
    const found = `found an offer of ${offer.bytes}`;
    session.refuse('too-large', `expected a message of at most ${maximumMessageBytes} bytes, ${found}`);
  } else {
    inbox.offer(offer);
  }
}

/** Breaks the connection unless the next part arrives in time: a stalled upload keeps memory from other clients. */
function expectPart(session: ClientSession): void {
  const seconds = session.context.limits.partSeconds;
  session.setDeadline(seconds, () => {
    session.abort({ reason: `no part of its message came within ${seconds} seconds`, cause: 'silent' });
  });
}
