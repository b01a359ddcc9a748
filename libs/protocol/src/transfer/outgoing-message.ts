/** An encoded message that is ready to be sent: in one piece, or in parts where it is large. */

import { PART_BYTES } from '../limits.js';
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
