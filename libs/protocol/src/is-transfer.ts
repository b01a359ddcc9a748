/** Tells how large messages go over from what is said. */

import type { Message, TransferMessage } from './messages.js';

const kinds: ReadonlySet<string> = new Set<TransferMessage['kind']>(['offer', 'part', 'held', 'withdrawal']);

export function isTransfer(message: Message): message is TransferMessage {
  return kinds.has(message.kind);
}
