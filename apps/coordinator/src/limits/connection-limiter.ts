/** Limits the number of open connections, in all and from one address, and the rate of new ones. */

import type { Rate, ServiceLimits } from './service-limits.js';

/** Why a connection is not admitted. */
export type ConnectionLimitReason = 'too-many-connections' | 'too-many-from-address' | 'connects-too-often';

export interface ConnectionLimiter {
  /** Admits a connection from an address, or returns why it is not admitted. */
  admit(address: string): ConnectionLimitReason | Admission;
}

/** An open connection, which counts until it is released. */
export interface Admission {
  readonly release: () => void;
  /**
   * A client has joined on the connection: it no longer counts for its address. A hospital's proxy or a tunnel is one
   * address for all who come through it, and those who come later must not suffer from those who are there.
   */
  readonly noteJoin: () => void;
}

/** @param now - Milliseconds since any fixed time; must not go backwards */
export function createConnectionLimiter(limits: ServiceLimits, now: () => number): ConnectionLimiter {
  const { connections, connectionsPerAddress, newConnectionsPerSecond } = limits;
  const rate = { atOnce: connectionsPerAddress, perSecond: newConnectionsPerSecond };
  const newConnections = createTokenBuckets(rate, now);
  const open = new Map<string, number>();
  let total = 0;
  const countHere = (address: string, by: 1 | -1): void => {
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
      total++;
      countHere(address, 1);
      const noteJoin = once(() => {
        countHere(address, -1);
      });
      const release = once(() => {
        total--;
        noteJoin();
      });
      return { noteJoin, release };
    },
  };
}

/** Makes a function that does its work when it is first called, and nothing later. */
function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) {
      isDone = true;
      work();
    }
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
