/** Encodes the messages of a client. */

import type { ReplyTo, Task } from '@gaitway/core';
import { createOutgoingMessage, encode, type FromClient, type OutgoingMessage } from '@gaitway/protocol';

/**
 * Makes an encoder for all connections of a client. An answer that is sent again becomes the same outgoing message, so
 * that what has arrived of it on an earlier connection need not travel again.
 */
export function messageEncoder(): (message: FromClient) => OutgoingMessage {
  const answers = new WeakMap<ReplyTo<Task>, { readonly id: number; readonly outgoing: OutgoingMessage }>();
  return (message) => {
    if (message.kind !== 'answer') {
      return createOutgoingMessage(encode(message));
    }
    const { id, reply } = message;
    const encoded = answers.get(reply);
    const outgoing = encoded?.id === id ? encoded.outgoing : createOutgoingMessage(encode(message));
    answers.set(reply, { id, outgoing });
    return outgoing;
  };
}
