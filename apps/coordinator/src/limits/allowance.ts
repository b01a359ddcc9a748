/** Allowances that fill up with time: token buckets, one for each key. */

import type { Rate } from './service-limits.js';

export interface Allowances {
  /** Takes one from the key's allowance; false where nothing is left. */
  take(key: string): boolean;
  /** Gives one back. */
  restore(key: string): void;
}

/** Keys at which those whose allowance is full again are forgotten, so that made-up keys cannot fill the memory. */
const KEYS_KEPT = 10_000;

interface Level {
  readonly left: number;
  /** Milliseconds. */
  readonly at: number;
}

/** @param now - Milliseconds from any start, never backwards. */
export function createAllowances({ atOnce, perSecond }: Rate, now: () => number): Allowances {
  const levels = new Map<string, Level>();
  const leftOf = ({ left, at }: Level): number => Math.min(atOnce, left + ((now() - at) / 1000) * perSecond);
  const forgetFull = (): void => {
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
      forgetFull();
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
