/** A fleet that reports when it waits for clients to join, and for how many. */

import type { ClientId, Fleet } from '@gaitway/core';
import type { ClientRegistry } from './client-registry.js';

export interface WaitingFleet {
  readonly fleet: Fleet;
  /** Whether a round waits for clients. */
  isWaiting(): boolean;
}

/** @param onWaiting - Called with the available clients and how many are missing, when a wait begins and when they change */
export function waitingFleet(
  fleet: Fleet,
  registry: ClientRegistry,
  onWaiting: (present: readonly ClientId[], missing: number) => void,
): WaitingFleet {
  let waiting = 0;
  return {
    isWaiting: () => waiting > 0,
    fleet: {
      ...fleet,
      gather: async (count, signal) => {
        const report = (): void => {
          const present = registry.available();
          if (present.length < count) {
            onWaiting(present, count - present.length);
          }
        };
        const stop = registry.onChange(report);
        report();
        waiting++;
        await fleet.gather(count, signal).finally(() => {
          waiting--;
          stop();
        });
      },
    },
  };
}
