/**
 * Headroom: free memory in front of a message for the header of its frame. A message that has it becomes a frame without
 * being copied.
 */

/** Bytes of a frame's header. */
export const HEADER_BYTES = 7;

const messagesWithHeadroom = new WeakSet<Uint8Array>();

/** The message that lies in `memory` behind its headroom. */
export function behindHeadroom(memory: Uint8Array): Uint8Array {
  const message = memory.subarray(HEADER_BYTES);
  messagesWithHeadroom.add(message);
  return message;
}

/** The headroom and the message behind it; undefined for a message that was made without headroom. */
export function withHeadroom(message: Uint8Array): Uint8Array | undefined {
  const { buffer, byteOffset, length } = message;
  return messagesWithHeadroom.has(message)
    ? new Uint8Array(buffer, byteOffset - HEADER_BYTES, HEADER_BYTES + length)
    : undefined;
}
