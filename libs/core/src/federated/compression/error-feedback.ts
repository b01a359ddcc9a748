/**
 * Compression with error feedback: what was not sent is added to the next update (Seide et al. 2014, "1-bit stochastic
 * gradient descent"; Karimireddy et al. 2019, arXiv 1901.09847, algorithm 2).
 */

import type { Rng } from '../../math/random.js';
import { packDelta, unpackDelta, type CompressionPlan, type PackedDelta } from './compression-plan.js';

export interface PackedWithFeedback {
  readonly delta: PackedDelta;
  /** e: the part that was not sent, shape [parameter]. */
  readonly residual: Float32Array;
}

/**
 * p = delta + e, sent as C(p); e ← p - C(p).
 *
 * @param residual - e after the last update that counted; undefined before the first, when it is zero
 */
export function packWithFeedback(
  delta: Float32Array,
  residual: Float32Array | undefined,
  plan: CompressionPlan,
  rng: Rng,
): PackedWithFeedback {
  const wanted = residual ? delta.map((value, index) => value + residual[index]!) : delta;
  const packed = packDelta(wanted, plan, rng);
  const sent = unpackDelta(packed, wanted.length);
  if (!(sent instanceof Float32Array)) {
    throw new Error(`Expected ${sent.expected} in what was just packed, found ${sent.found}`);
  }
  return { delta: packed, residual: wanted.map((value, index) => value - sent[index]!) };
}
