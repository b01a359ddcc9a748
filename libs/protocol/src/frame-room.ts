/** Room in front of a message in its memory for the header of its frame: then it is sealed where it lies, not copied. */

/** Bytes of a frame's header. */
export const HEADER_BYTES = 7;

const roomy = new WeakSet<Uint8Array>();

/** The message behind the room with which `memory` begins. */
export function behindRoom(memory: Uint8Array): Uint8Array {
  const message = memory.subarray(HEADER_BYTES);
  roomy.add(message);
  return message;
}

/** The room and the message behind it; undefined where it was made without. */
export function withRoom(message: Uint8Array): Uint8Array | undefined {
  const { buffer, byteOffset, length } = message;
  return roomy.has(message) ? new Uint8Array(buffer, byteOffset - HEADER_BYTES, HEADER_BYTES + length) : undefined;
}
