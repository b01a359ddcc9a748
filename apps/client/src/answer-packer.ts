/** Messages of a client, ready to travel. */

import type { ReplyTo, Task } from '@gaitway/core';
import { createParcel, encode, type FromClient, type Parcel } from '@gaitway/protocol';

/**
 * Packs messages over all connections of a client. An answer that is sent again is the same parcel: what has arrived of
 * it on an earlier connection does not travel again.
 */
export function answerPacker(): (message: FromClient) => Parcel {
  const answers = new WeakMap<ReplyTo<Task>, { readonly id: number; readonly parcel: Parcel }>();
  return (message) => {
    if (message.kind !== 'answer') {
      return createParcel(encode(message));
    }
    const { id, reply } = message;
    const packed = answers.get(reply);
    const parcel = packed?.id === id ? packed.parcel : createParcel(encode(message));
    answers.set(reply, { id, parcel });
    return parcel;
  };
}
