/** Large messages of a client, in parts. */

import type { ClientId } from '@gaitway/core';
import { createInbox, MessageRefused, type Inbox, type Offer, type TransferMessage } from '@gaitway/protocol';
import { breakOff, emit, MESSAGES, refuse, type Visit } from './visit.js';

/** @param onMessage - Called with the bytes of a message that is whole */
export function openInbox(visit: Visit, client: ClientId, onMessage: (bytes: Uint8Array) => void): Inbox {
  const { socket, reception } = visit;
  return createInbox({
    reassembly: reception.uploads.reassembly(client),
    emit: (message) => {
      emit(socket, reception, message);
    },
    onMessage,
    onProgress: (held, total) => {
      visit.patience?.();
      if (held < total) {
        expectPart(visit);
      }
    },
  });
}

/** What is in turn costs nothing, but for offers: each is a message of its own. */
export function transfer(visit: Visit, message: TransferMessage): void {
  try {
    if (isInTurn(visit, message)) {
      visit.messages.restore(MESSAGES);
    }
  } catch (error) {
    if (!(error instanceof MessageRefused)) {
      throw error;
    }
    refuse(visit, 'forged', error.message);
  }
}

function isInTurn(visit: Visit, message: TransferMessage): boolean {
  const { inbox, outbox } = visit;
  if (message.kind === 'held') {
    return outbox.acknowledge(message);
  }
  if (!inbox) {
    refuse(visit, 'out-of-turn', `expected a client to join before its first ${message.kind}`);
    return false;
  }
  switch (message.kind) {
    case 'offer':
      consider(visit, inbox, message);
      return false;
    case 'part':
      inbox.part(message);
      return true;
    case 'withdrawal':
      visit.patience?.();
      inbox.withdraw(message);
      return true;
  }
}

function consider(visit: Visit, inbox: Inbox, offer: Offer): void {
  const { maximumMessageBytes } = visit.reception;
  if (offer.bytes > maximumMessageBytes) {
    const found = `found an offer of ${offer.bytes}`;
    refuse(visit, 'too-large', `expected a message of at most ${maximumMessageBytes} bytes, ${found}`);
  } else {
    inbox.offer(offer);
  }
}

/** A client whose message stands still keeps others from the room that it takes. */
function expectPart(visit: Visit): void {
  const { limits, clock } = visit.reception;
  const seconds = limits.partSeconds;
  visit.patience = clock.after(seconds, () => {
    breakOff(visit, { reason: `no part of its message came within ${seconds} seconds`, cause: 'silent' });
  });
}
