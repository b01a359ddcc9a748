/**
 * Cached digests of parameters, which several parts use: their record, the run's state, every task with these
 * parameters.
 */

import { createHash } from 'node:crypto';
import type { Digest } from '@gaitway/core/internal';

const digests = new WeakMap<Float32Array, Digest>();

/**
 * SHA-256 of the parameters' bytes, computed synchronously and only once.
 *
 * @param parameters - Must not change any more
 */
export function parametersDigest(parameters: Float32Array): Digest {
  const digest = digests.get(parameters) ?? createHash('sha256').update(parameters).digest('hex');
  digests.set(parameters, digest);
  return digest;
}
