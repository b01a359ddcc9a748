/** Sends tasks to one client, and withdraws those for which nobody waits any more. */

import {
  createOutgoingMessage,
  encode,
  parameterCache,
  type Answer,
  type Failure,
  type Outbox,
  type OutgoingMessage,
} from '@gaitway/protocol';
import type { EncodedTask, KnownParameters } from './task-encoder.js';

export interface TaskSender {
  /** Sends a task in the shortest form for what the client already has. */
  send(task: EncodedTask): OutgoingMessage;
  /** Nobody waits for the answer any more: takes the task back where it has not been sent in full, else cancels it. */
  withdraw(id: number, outgoing: OutgoingMessage): void;
  /** Notes an answer. A failure may be due to the parameters, so those of the next task travel whole. */
  note(message: Answer | Failure): void;
}

/** Makes the sender of a new connection, whose client has no parameters yet. */
export function taskSender(outbox: Outbox): TaskSender {
  let known: KnownParameters = parameterCache();
  /** It is not certain any more which parameters the client has. */
  const forget = (): void => {
    known = parameterCache();
  };
  return {
    send: (task) => {
      const outgoing = task.messageFor(known);
      outbox.post(outgoing);
      return outgoing;
    },
    withdraw: (id, outgoing) => {
      if (outbox.withdraw(outgoing)) {
        forget(); // the client never gets the task, nor its parameters
      } else {
        outbox.post(createOutgoingMessage(encode({ kind: 'cancel', id })));
      }
    },
    note: ({ kind }) => {
      if (kind === 'failure') {
        forget();
      }
    },
  };
}
