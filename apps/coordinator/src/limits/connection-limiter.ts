/** Limits the number of open connections, in all and from one address, and the rate of new ones. */

import { createTokenBuckets } from './token-bucket.js';
import type { ServiceLimits } from './service-limits.js';

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
