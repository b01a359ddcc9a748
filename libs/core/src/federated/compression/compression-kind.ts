/** The type of a compression that a study can name: its settings, how it packs and how it unpacks. */

import { z } from 'zod';
import type { Rng } from '../../math/random.js';

/** Settings that all compressions share. */
export interface Feedback {
  /** Error feedback: what was not sent is added to the next update; by default it is lost. */
  readonly feedback?: boolean;
}

export const feedback: z.ZodExactOptional<z.ZodBoolean> = z
  .boolean()
  .exactOptional()
  .describe('What was not sent is added to the next update; it is lost by default');

/** Why packed bytes are not an update of the expected size. */
export interface DecodeError {
  readonly expected: string;
  readonly found: string;
}

/**
 * A record of pure functions. The result depends only on the delta, the settings and the random draws; values that are
 * not finite before are not finite after, so that the receiver can refuse them.
 */
export interface CompressionKind<Settings extends { readonly kind: string }, Packed extends { readonly kind: string }> {
  readonly kind: Settings['kind'] & Packed['kind'];
  /** Every setting has a default. */
  readonly settings: z.ZodType<Settings> & z.core.$ZodTypeDiscriminable;
  readonly pack: (delta: Float32Array, settings: Settings, rng: Rng) => Packed;
  /** Returns `size` numbers, or why they cannot be had. `packed` comes from an untrusted client. */
  readonly unpack: (packed: Packed, size: number) => Float32Array | DecodeError;
}

/** A misfit in the number of parameters. */
export function otherSize(size: number, found: number): DecodeError {
  return { expected: `${size} numbers`, found: `${found}` };
}
