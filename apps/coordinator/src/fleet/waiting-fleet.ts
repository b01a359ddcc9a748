/** A fleet that says when it waits for clients to join, and for how many. */

import type { ClientId, Fleet } from '@gaitway/core';
import type { Roster } from './roster.js';

export interface WaitingFleet {
  readonly fleet: Fleet;
  isWaiting(): boolean;
}

/** @param onWaiting - Who is there and how many are missing: when a wait begins, and when somebody comes or goes in it */
export function waitingFleet(
  fleet: Fleet,
  roster: Roster,
  onWaiting: (present: readonly ClientId[], missing: number) => void,
): WaitingFleet {
  let waiting = 0;
  return {
    isWaiting: () => waiting > 0,
    fleet: {
      ...fleet,
      gather: async (count, signal) => {
        const tell = (): void => {
          const present = roster.available();
          if (present.length < count) {
            onWaiting(present, count - present.length);
          }
        };
        const stop = roster.onChange(tell);
        tell();
        waiting++;
        await fleet.gather(count, signal).finally(() => {
          waiting--;
          stop();
        });
      },
    },
  };
}
