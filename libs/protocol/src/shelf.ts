/** Where a message in parts is put together. It outlives a connection, so that the next one goes on from there. */

import type { Offer } from './messages.js';

/** A message of which some has arrived. */
export interface PartialMessage {
  readonly name: string;
  /** As long as the whole message. */
  readonly content: Uint8Array;
  /** Bytes that are there, from the beginning. */
  held: number;
}

/** Holds one message. */
export interface Shelf {
  /** Calls `begin`, once there is room, with what is there of the message; any other message on the shelf is dropped. */
  reserve(offer: Offer, begin: (partial: PartialMessage) => void): void;
  /** Drops what is there, and whoever waits for room. */
  clear(): void;
  /** The message is whole and was passed on. */
  delivered(): void;
}

/** A shelf that always has room, and keeps a message until the next one comes: sent again, it need not travel again. */
export function createShelf(): Shelf {
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

/** @param memory - Of a message that nobody needs any more; used where it has the right size */
export function emptyPartial({ name, bytes }: Offer, memory?: Uint8Array): PartialMessage {
  return { name, content: memory?.length === bytes ? memory : new Uint8Array(bytes), held: 0 };
}

export function isPartOf({ name, content }: PartialMessage, offer: Offer): boolean {
  return name === offer.name && content.length === offer.bytes;
}
