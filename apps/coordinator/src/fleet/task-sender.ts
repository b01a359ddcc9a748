/** Tasks on their way to one client, and back where nobody waits for them any more. */

import {
  createParcel,
  encode,
  parameterMemory,
  type Answer,
  type Failure,
  type Outbox,
  type Parcel,
} from '@gaitway/protocol';
import type { ClientMemory } from './sent-parameters.js';
import type { TaskFrames } from './task-frames.js';

export interface TaskSender {
  send(frames: TaskFrames): Parcel;
  /** Nobody waits for the answer any more: the client hears nothing of the task, or that it can stop. */
  takeBack(id: number, parcel: Parcel): void;
  /** What the client says to a task. It may have failed at the parameters: those of the next one travel whole. */
  note(message: Answer | Failure): void;
}

export function taskSender(outbox: Outbox): TaskSender {
  let client: ClientMemory = parameterMemory();
  /** Which parameters the client has is not certain any more. */
  const forget = (): void => {
    client = parameterMemory();
  };
  return {
    send: (frames) => {
      const parcel = frames.parcelFor(client);
      outbox.post(parcel);
      return parcel;
    },
    takeBack: (id, parcel) => {
      if (outbox.withdraw(parcel)) {
        forget(); // The client never hears of that task, nor has its parameters.
      } else {
        outbox.post(createParcel(encode({ kind: 'cancel', id })));
      }
    },
    note: ({ kind }) => {
      if (kind === 'failure') {
        forget();
      }
    },
  };
}
