/** Random bytes that a seed decides, for tests of noise. Nothing that protects people may use them. */

import { createRng } from '../math/random.js';
import type { RandomBytes } from '../privacy/random-integers.js';

/** The same bytes for the same seed. */
export function seededBytes(seed: number | string): RandomBytes {
  const rng = createRng(seed);
  return (bytes) => {
    rng.fill(new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / Uint32Array.BYTES_PER_ELEMENT));
  };
}
