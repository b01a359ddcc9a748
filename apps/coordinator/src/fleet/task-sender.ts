/** Tasks on their way to one client, and back where nobody waits for them any more. */

import {
  createOutgoingMessage,
  encode,
  parameterCache,
  type Answer,
  type Failure,
  type Outbox,
  type OutgoingMessage,
} from '@gaitway/protocol';
import type { ClientMemory } from './sent-parameters.js';
import type { TaskFrames } from './task-frames.js';

export interface TaskSender {
  send(frames: TaskFrames): OutgoingMessage;
  /** Nobody waits for the answer any more: the client hears nothing of the task, or that it can stop. */
  takeBack(id: number, outgoing: OutgoingMessage): void;
  /** What the client says to a task. It may have failed at the parameters: those of the next one travel whole. */
  note(message: Answer | Failure): void;
}

export function taskSender(outbox: Outbox): TaskSender {
  let client: ClientMemory = parameterCache();
  /** Which parameters the client has is not certain any more. */
  const forget = (): void => {
    client = parameterCache();
  };
  return {
    send: (frames) => {
      const outgoing = frames.messageFor(client);
      outbox.post(outgoing);
      return outgoing;
    },
    takeBack: (id, outgoing) => {
      if (outbox.withdraw(outgoing)) {
        forget(); // The client never hears of that task, nor has its parameters.
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
