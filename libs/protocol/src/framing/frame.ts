/**
 * A frame: one unit of bytes on a connection, with a checksum, so that damaged bytes are never taken for a message.
 *
 * ```
 * bytes 0-3   CRC-32C of all that follows, little-endian
 * byte  4     version of this frame format
 * byte  5     kind
 * byte  6     bytes of padding at the end
 * bytes 7-    content, padding
 * ```
 */

import { crc32c } from '@gaitway/core/internal';

/** The numbers are those of socket.io's own protocol, which has more kinds that are not used here. */
export const frameKinds = { connect: 0, disconnect: 1, message: 2, refusal: 4 } as const;
export type FrameKind = keyof typeof frameKinds;

export interface Frame {
  readonly kind: FrameKind;
  /** A view on the frame's bytes. */
  readonly content: Uint8Array;
}

/** The bytes that arrived are not those that were sent, or were never a frame. The connection is no longer trusted. */
export class FrameDamaged extends Error {
  override readonly name: string = 'FrameDamaged';
}

/** Bytes of a frame's header. */
export const HEADER_BYTES = 7;

const FRAME_VERSION = 1;
const CHECKSUM_BYTES = 4;

/**
 * A WebSocket frame of up to 125 bytes becomes a heartbeat when one bit of its header flips, and its receiver silently
 * drops it (RFC 6455, section 5.5). A longer one becomes an error instead.
 */
const SHORTEST_FRAME = 126;

/** Messages with headroom: free memory in front of them for the header of their frame, so that they need not be copied. */
const messagesWithHeadroom = new WeakSet<Uint8Array>();

/** The message that lies in `memory` behind its headroom of {@link HEADER_BYTES}. */
export function behindHeadroom(memory: Uint8Array): Uint8Array {
  const message = memory.subarray(HEADER_BYTES);
  messagesWithHeadroom.add(message);
  return message;
}

/** Makes a frame, in the content's own memory where that has headroom. */
export function sealFrame(kind: FrameKind, content: Uint8Array): Uint8Array {
  const padding = Math.max(0, SHORTEST_FRAME - HEADER_BYTES - content.length);
  const frame = (padding === 0 ? withHeadroom(content) : undefined) ?? copyWithHeadroom(content, padding);
  frame.set([FRAME_VERSION, frameKinds[kind], padding], CHECKSUM_BYTES);
  const checksum = crc32c(frame.subarray(CHECKSUM_BYTES));
  new DataView(frame.buffer, frame.byteOffset).setUint32(0, checksum, true);
  return frame;
}

/** The headroom and the message behind it; undefined for a message that was made without headroom. */
function withHeadroom(message: Uint8Array): Uint8Array | undefined {
  const { buffer, byteOffset, length } = message;
  return messagesWithHeadroom.has(message)
    ? new Uint8Array(buffer, byteOffset - HEADER_BYTES, HEADER_BYTES + length)
    : undefined;
}

function copyWithHeadroom(content: Uint8Array, padding: number): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + content.length + padding);
  frame.set(content, HEADER_BYTES);
  return frame;
}

/**
 * Reads a frame from untrusted bytes.
 *
 * @throws FrameDamaged when bytes were changed or are missing, or when they are no frame
 */
export function openFrame(bytes: Uint8Array): Frame {
  if (bytes.length < SHORTEST_FRAME) {
    throw new FrameDamaged(`expected a frame of at least ${SHORTEST_FRAME} bytes, found ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== crc32c(bytes.subarray(CHECKSUM_BYTES))) {
    throw new FrameDamaged(`the checksum of a frame of ${bytes.length} bytes is wrong`);
  }
  const version = view.getUint8(CHECKSUM_BYTES);
  const kind = kindOf(view.getUint8(CHECKSUM_BYTES + 1));
  const end = bytes.length - view.getUint8(CHECKSUM_BYTES + 2);
  if (version !== FRAME_VERSION || kind === undefined || end < HEADER_BYTES) {
    throw new FrameDamaged(`expected a frame of version ${FRAME_VERSION}, found another program's`);
  }
  return { kind, content: bytes.subarray(HEADER_BYTES, end) };
}

function kindOf(number: number): FrameKind | undefined {
  return (Object.keys(frameKinds) as FrameKind[]).find((kind) => frameKinds[kind] === number);
}
