/** What a client answers to its task. */

import type { Answer, Failure } from '@gaitway/protocol';
import { isIgnored } from '../fleet/answer-verdict.js';
import { MESSAGES, refuse, type Visit } from './visit.js';

export function takeAnswer(visit: Visit, message: Answer | Failure): void {
  const { guest, connection, reception } = visit;
  if (!guest || !connection) {
    refuse(visit, 'out-of-turn', `expected a client to join before its first ${message.kind}`);
    return;
  }
  const verdict = connection.settle(message);
  reception.tally.answered(verdict);
  if (isIgnored(verdict)) {
    reception.onEvent({ kind: 'ignored', client: guest.client, id: message.id, reason: verdict });
  } else {
    visit.messages.restore(MESSAGES);
  }
}
