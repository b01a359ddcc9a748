/** Reading the replies of clients: what each becomes in the outcome of a round, and the update in it. */

import { ClientFailure, UpdateRefused } from '../errors.js';
import { admitUpdate, requireSameRound, type ClientUpdate, type ExpectedUpdate } from '../federated/update.js';
import type { ReplyTo, TrainTask } from '../train/task.js';
import type { ClientId } from './fleet/fleet.js';
import type { ClientOutcome } from './round.js';

export interface ReadReply {
  readonly outcome: ClientOutcome;
  readonly update?: ClientUpdate;
}

/**
 * Reads what a client answered, with its update if there is one and it is admitted.
 *
 * @throws UpdateRefused when the reply belongs to another round, or its update must not enter the sum
 */
export function readReply(client: ClientId, reply: ReplyTo<TrainTask>, expected: ExpectedUpdate): ReadReply {
  if (reply.kind === 'abstain') {
    requireSameRound(client, reply, expected);
    return { outcome: { client, outcome: 'abstained', reason: reply.reason, windows: reply.windows } };
  }
  const update = admitUpdate(client, reply, expected);
  return { update, outcome: { client, outcome: 'answered', examples: update.examples, summary: reply.summary } };
}

/**
 * The outcome of a client that failed or whose update was refused.
 *
 * @throws The error itself when it is anything else: then it is a bug of the coordinator's, and no client's failure
 */
export function failedOutcome(client: ClientId, error: unknown): ClientOutcome {
  if (error instanceof ClientFailure || error instanceof UpdateRefused) {
    return { client, outcome: 'failed', reason: error.message };
  }
  throw error;
}
