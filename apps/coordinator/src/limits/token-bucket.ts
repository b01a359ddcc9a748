/** Token buckets, one for each key: they limit how often something happens, and allow short bursts. */

import type { Rate } from './service-limits.js';

export interface TokenBuckets {
  /** Takes a token from the key's bucket; false where none is left. */
  take(key: string): boolean;
  /** Returns a token. */
  restore(key: string): void;
}

/** With as many keys, full buckets are dropped, so that made-up keys cannot fill the memory. */
const KEYS_KEPT = 10_000;

/** The tokens in a bucket at some time. */
interface Level {
  readonly left: number;
  /** In milliseconds. */
  readonly at: number;
}

/**
 * Makes buckets that start full.
 *
 * @param now - Milliseconds since any fixed time; must not go backwards
 */
export function createTokenBuckets({ atOnce, perSecond }: Rate, now: () => number): TokenBuckets {
  const levels = new Map<string, Level>();
  const leftOf = ({ left, at }: Level): number => Math.min(atOnce, left + ((now() - at) / 1000) * perSecond);
  const dropFull = (): void => {
    for (const [key, level] of levels) {
      if (leftOf(level) >= atOnce) {
        levels.delete(key);
      }
    }
  };
  const change = (key: string, by: number): boolean => {
    const level = levels.get(key);
    const left = (level ? leftOf(level) : atOnce) + by;
    if (left < 0) {
      return false;
    }
    if (!level && levels.size >= KEYS_KEPT) {
      dropFull();
    }
    levels.set(key, { left: Math.min(atOnce, left), at: now() });
    return true;
  };
  return {
    take: (key) => change(key, -1),
    restore: (key) => {
      change(key, 1);
    },
  };
}
