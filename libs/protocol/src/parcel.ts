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
  /** The message that carries the part from `offset`, a multiple of {@link PART_BYTES}. */
  part(offset: number): Uint8Array;
}

export function createParcel(bytes: Uint8Array): Parcel {
  const parts = new Map<number, Uint8Array>();
  let digest: Promise<Digest> | undefined;
  return {
    bytes,
    isLarge: bytes.length > PART_BYTES,
    digest: () => (digest ??= digestBytes(bytes)),
    part: (offset) => {
      const content = bytes.subarray(offset, offset + PART_BYTES);
      const part = parts.get(offset) ?? encode({ kind: 'part', offset, content });
      parts.set(offset, part);
      return part;
    },
  };
}
