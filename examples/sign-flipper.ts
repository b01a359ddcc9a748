/** A client that pulls the model away from what it learned: the attack of the example beside this file. */

import type { Participant, ReplyTo, Task } from '@gaitway/core';

/**
 * The same participant, but what it sends is its change the other way round, so many times as large. Tasks without
 * training are answered as they are.
 *
 * @param participant - One that sends its changes as plain numbers: in a stage that compresses, there is no change to turn
 * @param scale - How many times as large; 1 turns only the sign
 *
 * @throws Error, when it is asked, where the change is compressed.
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
