/**
 * A cache of the parameters that a client last got. Both sides keep one and add those of the same tasks in the same order,
 * so the coordinator knows without asking which parameters need not travel again.
 */

import type { Digest } from '@gaitway/core/internal';

/** How many sets of parameters a client keeps: those of two tasks, each with its own and perhaps its teacher's. */
const SETS_KEPT = 4;

/** Values by the digest of a set of parameters, such as the parameters themselves. */
export interface ParameterCache<T> {
  get(digest: Digest): T | undefined;
  /** Adds parameters, or marks them as the newest where they are there already. The oldest are dropped. */
  add(digest: Digest, parameters: T): void;
  /** The digests of all parameters in the cache, the oldest first. */
  digests(): readonly Digest[];
}

/** @param kept - How many sets of parameters to keep; as many as clients keep by default */
export function parameterCache<T>(kept: number = SETS_KEPT): ParameterCache<T> {
  const sets = new Map<Digest, T>(); // the oldest first
  return {
    get: (digest) => sets.get(digest),
    add: (digest, parameters) => {
      sets.delete(digest);
      sets.set(digest, parameters);
      for (const oldest of sets.keys()) {
        if (sets.size > kept) {
          sets.delete(oldest);
        }
      }
    },
    digests: () => [...sets.keys()],
  };
}
