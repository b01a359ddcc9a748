/** Limits the number of open connections, in all and from one address, and the rate of new ones. */

import type { Rate, ServiceLimits } from './service-limits.js';

/** Why a connection is not admitted. */
export type ConnectionLimitReason = 'too-many-connections' | 'too-many-from-address' | 'connects-too-often';

export interface ConnectionLimiter {
  /** Admits a connection from an address and counts it until the result is called, or returns why it is not admitted. */
  admit(address: string): ConnectionLimitReason | (() => void);
}

/** @param now - Milliseconds since any fixed time; must not go backwards */
export function createConnectionLimiter(limits: ServiceLimits, now: () => number): ConnectionLimiter {
  const { connections, connectionsPerAddress, newConnectionsPerSecond } = limits;
  const rate = { atOnce: connectionsPerAddress, perSecond: newConnectionsPerSecond };
  const newConnections = createTokenBuckets(rate, now);
  const open = new Map<string, number>();
  let total = 0;
  const count = (address: string, by: 1 | -1): void => {
    total += by;
    const openHere = (open.get(address) ?? 0) + by;
    if (openHere > 0) {
      open.set(address, openHere);
    } else {
      open.delete(address);
    }
  };
  const objection = (address: string): ConnectionLimitReason | undefined => {
    if (total >= connections) {
      return 'too-many-connections';
    }
    if ((open.get(address) ?? 0) >= connectionsPerAddress) {
      return 'too-many-from-address';
    }
    return newConnections.take(address) ? undefined : 'connects-too-often';
  };
  return {
    admit: (address) => {
      const reason = objection(address);
      if (reason !== undefined) {
        return reason;
      }
      let isOpen = true;
      count(address, 1);
      return () => {
        if (isOpen) {
          isOpen = false;
          count(address, -1);
        }
      };
    },
  };
}

/** Token buckets, one for each key: they limit how often something happens, and allow short bursts. */
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
