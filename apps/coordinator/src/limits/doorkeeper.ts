/** Counts connections before they are let in, in all and by address. */

import { createAllowances } from './allowance.js';
import type { ServiceLimits } from './service-limits.js';

/** Why a connection is turned away. */
export type CrowdReason = 'too-many-connections' | 'too-many-from-address' | 'connects-too-often';

export interface Doorkeeper {
  /** Lets a connection of that address in and counts it until the result is called, or says why not. */
  admit(address: string): CrowdReason | (() => void);
}

export function createDoorkeeper(limits: ServiceLimits, now: () => number): Doorkeeper {
  const { connections, connectionsPerAddress, newConnectionsPerSecond } = limits;
  const rate = { atOnce: connectionsPerAddress, perSecond: newConnectionsPerSecond };
  const arrivals = createAllowances(rate, now);
  const open = new Map<string, number>();
  let total = 0;
  const count = (address: string, by: 1 | -1): void => {
    total += by;
    const here = (open.get(address) ?? 0) + by;
    if (here > 0) {
      open.set(address, here);
    } else {
      open.delete(address);
    }
  };
  const objection = (address: string): CrowdReason | undefined => {
    if (total >= connections) {
      return 'too-many-connections';
    }
    if ((open.get(address) ?? 0) >= connectionsPerAddress) {
      return 'too-many-from-address';
    }
    return arrivals.take(address) ? undefined : 'connects-too-often';
  };
  return {
    admit: (address) => {
      const reason = objection(address);
      if (reason !== undefined) {
        return reason;
      }
      let isHere = true;
      count(address, 1);
      return () => {
        if (isHere) {
          isHere = false;
          count(address, -1);
        }
      };
    },
  };
}
