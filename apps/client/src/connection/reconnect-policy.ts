/** When a client connects again and when it gives up on its coordinator. */

import { StudyStopped } from '@gaitway/core';

export interface ReconnectPolicy {
  /** There is no connection: starts the time after which the client gives up, unless it is running already. */
  disconnected(): void;
  /** There is a connection: stops that time. */
  connected(): void;
  /** Calls `connect` after as many seconds and up to half as many more, so that not all clients return at once. */
  reconnectAfter(seconds: number, connect: () => void): void;
  /** Cancels everything that is scheduled. */
  cancel(): void;
}

export interface ReconnectOptions {
  /** Seconds without a connection after which the client gives up. Absent: it never does. */
  readonly giveUpAfterSeconds: number | undefined;
  readonly onGiveUp: (error: StudyStopped) => void;
}

/** Node fires a timer that is set to more than this at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Makes the policy of a client that has no connection yet. */
export function createReconnectPolicy({ giveUpAfterSeconds, onGiveUp }: ReconnectOptions): ReconnectPolicy {
  let givingUp: NodeJS.Timeout | undefined;
  let reconnecting: NodeJS.Timeout | undefined;
  const connected = (): void => {
    clearTimeout(givingUp);
    givingUp = undefined;
  };
  return {
    connected,
    disconnected: () => {
      if (giveUpAfterSeconds !== undefined) {
        givingUp ??= setTimeout(
          () => {
            onGiveUp(new StudyStopped(`no coordinator was there for ${giveUpAfterSeconds} seconds`));
          },
          Math.min(giveUpAfterSeconds * 1000, LONGEST_TIMER_MS),
        );
      }
    },
    reconnectAfter: (seconds, connect) => {
      reconnecting = setTimeout(connect, seconds * 1000 * (1 + Math.random() / 2));
    },
    cancel: () => {
      connected();
      clearTimeout(reconnecting);
    },
  };
}
