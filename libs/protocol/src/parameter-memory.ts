/**
 * Which parameters a client still has. Both sides keep such a memory and tell it of the same tasks in the same order, so
 * the coordinator knows without asking what must travel again.
 */

import type { Digest } from '@gaitway/core';

/** Sets of parameters that a client keeps. A task has two at most, its own and its teacher's: those of two tasks stay. */
const SETS_KEPT = 4;

export interface ParameterMemory<T> {
  get(digest: Digest): T | undefined;
  /** Notes parameters of a task, known or not: they are the newest now. The oldest are forgotten. */
  remember(digest: Digest, parameters: T): void;
  digests(): readonly Digest[];
}

/** @param kept - Sets of parameters; as many as clients keep where it is left out */
export function parameterMemory<T>(kept: number = SETS_KEPT): ParameterMemory<T> {
  const sets = new Map<Digest, T>(); // the oldest first
  return {
    get: (digest) => sets.get(digest),
    remember: (digest, parameters) => {
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
