/** Messages of a client, ready to travel. */

import type { ReplyTo, Task } from '@gaitway/core';
import { createOutgoingMessage, encode, type FromClient, type OutgoingMessage } from '@gaitway/protocol';

/**
 * Packs messages over all connections of a client. An answer that is sent again is the same outgoing: what has arrived of
 * it on an earlier connection does not travel again.
 */
export function answerPacker(): (message: FromClient) => OutgoingMessage {
  const answers = new WeakMap<ReplyTo<Task>, { readonly id: number; readonly outgoing: OutgoingMessage }>();
  return (message) => {
    if (message.kind !== 'answer') {
      return createOutgoingMessage(encode(message));
    }
    const { id, reply } = message;
    const packed = answers.get(reply);
    const outgoing = packed?.id === id ? packed.outgoing : createOutgoingMessage(encode(message));
    answers.set(reply, { id, outgoing });
    return outgoing;
  };
}
