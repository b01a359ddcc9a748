/** Where a message that arrives in parts is put together. It outlives a connection, so that the next one can resume. */

import type { Offer } from '../messages/messages.js';

/** A message of which only the beginning may have arrived. */
export interface PartialMessage {
  readonly name: string;
  /** Memory of the size of the whole message. */
  readonly content: Uint8Array;
  /** How many bytes have arrived, counted from the beginning. */
  held: number;
}

/** Holds at most one partial message. */
export interface ReassemblyBuffer {
  /**
   * Reserves memory for an offered message and drops any other message in the buffer.
   *
   * @param begin - Called with what has arrived of the message before, once there is memory for it
   */
  reserve(offer: Offer, begin: (partial: PartialMessage) => void): void;
  /** Drops the partial message, or the reservation that still waits for memory. */
  clear(): void;
  /** Called when the message was complete and has been passed on. */
  delivered(): void;
}

/**
 * Makes a buffer that always has memory. It keeps a complete message until the next one is offered: one that is sent
 * again need not travel again.
 */
export function createReassemblyBuffer(): ReassemblyBuffer {
  let partial: PartialMessage | undefined;
  return {
    reserve: (offer, begin) => {
      partial = partial && isPartOf(partial, offer) ? partial : emptyPartial(offer, partial?.content);
      begin(partial);
    },
    clear: () => {
      partial = undefined;
    },
    delivered: () => undefined,
  };
}

/**
 * A partial message of which nothing has arrived.
 *
 * @param memory - Memory of a message that is no longer needed; reused where it has the right size
 */
export function emptyPartial({ name, bytes }: Offer, memory?: Uint8Array): PartialMessage {
  return { name, content: memory?.length === bytes ? memory : new Uint8Array(bytes), held: 0 };
}

/** Whether the partial message is the beginning of the offered one. */
export function isPartOf({ name, content }: PartialMessage, offer: Offer): boolean {
  return name === offer.name && content.length === offer.bytes;
}
