/** Masks: the keystream of ChaCha20 (RFC 8439), read as a packed vector, added to residues or taken away from them. */

import { addAll, type Residues } from '../arithmetic/residues.js';
import type { Ring } from '../arithmetic/ring.js';
import type { Primitives } from './primitives.js';

/** A mask by its key, and whether it is added or taken away. */
export interface Mask {
  readonly key: Uint8Array;
  readonly sign: 1 | -1;
}

/** Keystreams that are open at a time. */
const GROUP = 64;

/** Adds masks to residues, in place. What a mask has beyond the bits of the ring does not count. */
export function addMasks(residues: Residues, masks: readonly Mask[], ring: Ring, primitives: Primitives): void {
  for (let first = 0; first < masks.length; first += GROUP) {
    const group = masks.slice(first, first + GROUP);
    const addends = group.map(({ key, sign }) => ({ parts: primitives.keystream(key), sign }));
    addAll(residues, addends, ring);
  }
}
