/** What every compression is that a study can name: its settings, and the way there and back. */

import { z } from 'zod';
import type { Rng } from '../../math/random.js';

/** Settings that every compression has. */
export interface Feedback {
  /** What was not sent is added to the next update; it is lost where this is left out. */
  readonly feedback?: boolean;
}

export const feedback: z.ZodExactOptional<z.ZodBoolean> = z
  .boolean()
  .exactOptional()
  .describe('What was not sent is added to the next update; it is lost by default');

/** Why packed bytes are no update of the size that was asked for. */
export interface Misfit {
  readonly expected: string;
  readonly found: string;
}

/**
 * A record of pure functions. What a delta becomes depends on the delta, the settings and the draws alone; what is not
 * finite before is not finite after, so that whoever unpacks it can refuse it.
 */
export interface CompressionKind<Settings extends { readonly kind: string }, Packed extends { readonly kind: string }> {
  readonly kind: Settings['kind'] & Packed['kind'];
  /** Every setting has a default. */
  readonly settings: z.ZodType<Settings> & z.core.$ZodTypeDiscriminable;
  readonly pack: (delta: Float32Array, settings: Settings, rng: Rng) => Packed;
  /** `size` numbers, or why they cannot be had. `packed` may come from anybody. */
  readonly unpack: (packed: Packed, size: number) => Float32Array | Misfit;
}

/** A misfit in the number of parameters. */
export function otherSize(size: number, found: number): Misfit {
  return { expected: `${size} numbers`, found: `${found}` };
}
