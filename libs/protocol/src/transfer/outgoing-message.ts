/**
 * An encoded message that is ready to be sent: in one piece, or in parts where it is large, each as large as the
 * connection delivers in about a second.
 */

import { LARGEST_PART_BYTES, PART_BYTES, PARTS_AHEAD } from '../limits.js';
import { encode } from '../messages/codec.js';

/** The bytes of a message, and how it travels. A large one is split so that heartbeats get through between its parts. */
export interface OutgoingMessage {
  readonly bytes: Uint8Array;
  /** Whether it travels in parts. */
  readonly isLarge: boolean;
  /** Unique to this message: sent again on a later connection, it resumes from what has arrived under this name. */
  readonly name: string;
  /** Encodes a `part` message that carries `count` bytes from `offset`, or all that is left. */
  part(offset: number, count: number): Uint8Array;
}

/** Makes a message for one receiver. */
export function createOutgoingMessage(bytes: Uint8Array): OutgoingMessage {
  return {
    bytes,
    isLarge: bytes.length > PART_BYTES,
    name: crypto.randomUUID(),
    part: (offset, count) => encode({ kind: 'part', offset, content: bytes.subarray(offset, offset + count) }),
  };
}

/** Makes a message for many receivers: each of its parts is encoded only once. */
export function createSharedOutgoingMessage(bytes: Uint8Array): OutgoingMessage {
  const message = createOutgoingMessage(bytes);
  const parts = new Map<string, Uint8Array>();
  return {
    ...message,
    part: (offset, count) => {
      const key = `${offset}+${count}`;
      const part = parts.get(key) ?? message.part(offset, count);
      parts.set(key, part);
      return part;
    },
  };
}

/** The part size of one connection, adapted to its measured speed. */
export interface PartSize {
  /** Bytes of the next part. */
  bytes(): number;
  /** Notes how long a part took to arrive, in milliseconds. */
  arrivedAfter(milliseconds: number): void;
}

/** The size doubles after as many parts in a row as may be in flight that each took less than this. */
const FAST_MS = 500;

/** The size halves after a part that took more than this. */
const SLOW_MS = 2_000;

/** Starts with the smallest size. */
export function createPartSize(): PartSize {
  let bytes = PART_BYTES;
  let fastInARow = 0;
  return {
    bytes: () => bytes,
    arrivedAfter: (milliseconds) => {
      fastInARow = milliseconds < FAST_MS ? fastInARow + 1 : 0;
      if (fastInARow === PARTS_AHEAD) {
        bytes = Math.min(2 * bytes, LARGEST_PART_BYTES);
        fastInARow = 0;
      } else if (milliseconds > SLOW_MS) {
        bytes = Math.max(bytes / 2, PART_BYTES);
      }
    },
  };
}
