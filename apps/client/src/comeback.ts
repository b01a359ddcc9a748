/** How long a client waits for its coordinator: until it gives up, and until the time at which it was told to return. */

import { StudyStopped } from '@gaitway/core';

export interface Comeback {
  /** There is no connection: the time in which there must be one begins, unless it has begun. */
  lost(): void;
  /** There is a connection. */
  found(): void;
  /** Calls `connect` after so many seconds and up to half as many more: not all clients come back at once. */
  later(seconds: number, connect: () => void): void;
  /** Nothing happens any more. */
  end(): void;
}

export interface ComebackOptions {
  /** Absent: it never gives up. */
  readonly giveUpAfterSeconds: number | undefined;
  readonly onGiveUp: (error: StudyStopped) => void;
}

/** A timer that is set to more goes off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createComeback({ giveUpAfterSeconds, onGiveUp }: ComebackOptions): Comeback {
  let givingUp: NodeJS.Timeout | undefined;
  let returning: NodeJS.Timeout | undefined;
  const found = (): void => {
    clearTimeout(givingUp);
    givingUp = undefined;
  };
  return {
    found,
    lost: () => {
      if (giveUpAfterSeconds !== undefined) {
        givingUp ??= setTimeout(
          () => {
            onGiveUp(new StudyStopped(`no coordinator was there for ${giveUpAfterSeconds} seconds`));
          },
          Math.min(giveUpAfterSeconds * 1000, LONGEST_TIMER_MS),
        );
      }
    },
    later: (seconds, connect) => {
      returning = setTimeout(connect, seconds * 1000 * (1 + Math.random() / 2));
    },
    end: () => {
      found();
      clearTimeout(returning);
    },
  };
}
