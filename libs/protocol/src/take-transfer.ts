/** Messages about messages in parts, each to the end of the line that it is for. */

import type { Inbox } from './inbox.js';
import type { TransferMessage } from './messages.js';
import type { Outbox } from './outbox.js';

/** @throws MessageRefused when it does not fit what came before */
export function takeTransfer(
  message: TransferMessage,
  inbox: Pick<Inbox, 'offer' | 'part' | 'withdraw'>,
  outbox: Pick<Outbox, 'confirm'>,
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
      outbox.confirm(message);
  }
}
