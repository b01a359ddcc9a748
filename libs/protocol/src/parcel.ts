/** A message on its way: as one where it is small, else in parts, so that heartbeats come through between them. */

import { digestBytes, type Digest } from '@gaitway/core';
import { encode } from './codec.js';
import { PART_BYTES } from './limits.js';

/** A message's bytes. Whoever sends it to many packs it once: its digest and its parts are made once. */
export interface Parcel {
  readonly bytes: Uint8Array;
  /** It travels in parts. */
  readonly isLarge: boolean;
  /** SHA-256 of the bytes. */
  digest(): Promise<Digest>;
  /** The message that carries `count` bytes from `offset`, or all that is left. */
  part(offset: number, count: number): Uint8Array;
}

export function createParcel(bytes: Uint8Array): Parcel {
  const parts = new Map<string, Uint8Array>();
  let digest: Promise<Digest> | undefined;
  return {
    bytes,
    isLarge: bytes.length > PART_BYTES,
    digest: () => (digest ??= digestBytes(bytes)),
    part: (offset, count) => {
      const place = `${offset}+${count}`;
      const content = bytes.subarray(offset, offset + count);
      const part = parts.get(place) ?? encode({ kind: 'part', offset, content });
      parts.set(place, part);
      return part;
    },
  };
}
