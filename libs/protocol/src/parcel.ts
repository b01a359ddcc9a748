/** A message on its way: as one where it is small, else in parts, so that heartbeats come through between them. */

import { encode } from './codec.js';
import { PART_BYTES } from './limits.js';

/** A message's bytes. */
export interface Parcel {
  readonly bytes: Uint8Array;
  /** It travels in parts. */
  readonly isLarge: boolean;
  /** Its own. Sent again on a later connection, it goes on from what has arrived under this name. */
  readonly name: string;
  /** The message that carries `count` bytes from `offset`, or all that is left. */
  part(offset: number, count: number): Uint8Array;
}

/** A parcel for one receiver. */
export function createParcel(bytes: Uint8Array): Parcel {
  return {
    bytes,
    isLarge: bytes.length > PART_BYTES,
    name: crypto.randomUUID(),
    part: (offset, count) => encode({ kind: 'part', offset, content: bytes.subarray(offset, offset + count) }),
  };
}

/** A parcel for many receivers: its parts are made once. */
export function createSharedParcel(bytes: Uint8Array): Parcel {
  const parcel = createParcel(bytes);
  const parts = new Map<string, Uint8Array>();
  return {
    ...parcel,
    part: (offset, count) => {
      const place = `${offset}+${count}`;
      const part = parts.get(place) ?? parcel.part(offset, count);
      parts.set(place, part);
      return part;
    },
  };
}
