/** A client that pulls the model away from what it learned: the attack of the example on hostile clients. */

import type { Participant, ReplyTo, Task } from '@gaitway/core';

/**
 * The same participant, but it sends its change with the opposite sign and multiplied by `scale`. Tasks without
 * training are answered unchanged.
 *
 * @param participant - One that sends its changes as plain numbers, because a compressed change cannot be flipped
 * @param scale - Factor of the change; 1 flips only the sign
 *
 * @throws Error, when it answers, if the change is compressed.
 */
export function signFlipper(participant: Participant, scale: number): Participant {
  return async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
    const reply = await participant(task, signal);
    if (reply.kind !== 'train') {
      return reply;
    }
    if (!(reply.delta instanceof Float32Array)) {
      throw new Error(`expected an update without compression, found ${reply.delta.kind}`);
    }
    return { ...reply, delta: reply.delta.map((value) => -scale * value) };
  };
}
