/** Dispatch of the messages that carry large messages in parts. */

import { MessageRefused } from '../message-refused.js';
import type { Message, TransferMessage } from '../messages/messages.js';
import type { Inbox } from './inbox.js';
import type { Outbox } from './outbox.js';

const kinds: ReadonlySet<string> = new Set<TransferMessage['kind']>(['offer', 'part', 'held', 'withdrawal']);

/** Whether a message belongs to the transfer of a large one, rather than being a message in its own right. */
export function isTransfer(message: Message): message is TransferMessage {
  return kinds.has(message.kind);
}

/**
 * Returns a message that was assembled from parts, which may be of any kind except those that transfer parts.
 *
 * @throws MessageRefused for a transfer message
 */
export function requireNoTransfer<M extends Message>(message: M): Exclude<M, TransferMessage> {
  if (isTransfer(message)) {
    throw new MessageRefused(`expected no "${message.kind}" inside a message in parts`);
  }
  return message as Exclude<M, TransferMessage>;
}

/**
 * Passes a transfer message to the inbox or the outbox, whichever it concerns.
 *
 * @throws MessageRefused when it does not fit what came before
 */
export function takeTransfer(
  message: TransferMessage,
  inbox: Pick<Inbox, 'offer' | 'part' | 'withdraw'>,
  outbox: Pick<Outbox, 'acknowledge'>,
): void {
  switch (message.kind) {
    case 'offer':
      inbox.offer(message);
      break;
    case 'part':
      inbox.part(message);
      break;
    case 'withdrawal':
      inbox.withdraw(message);
      break;
    case 'held':
      outbox.acknowledge(message);
  }
}
