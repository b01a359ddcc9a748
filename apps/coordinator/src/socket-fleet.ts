/** The clients that joined over sockets, as the engine sees them. */

import { ClientFailure, type Fleet, untilAborted } from '@gaitway/core';
import type { Roster } from './roster.js';

/** A fleet whose members come and go. One that left can be asked again when it has come back. */
export function socketFleet(roster: Roster): Fleet {
  return {
    available: () => roster.joined(),
    gather: async (count, signal) => {
      let stop: (() => void) | undefined;
      const enough = (): Promise<void> =>
        new Promise((resolve) => {
          const check = (): void => {
            if (roster.joined().length >= count) {
              resolve();
            }
          };
          stop = roster.onJoin(check);
          check();
        });
      await untilAborted(enough, signal).finally(() => stop?.());
    },
    ask: async (client, task, signal) => {
      const connection = roster.connection(client);
      if (!connection) {
        throw new ClientFailure(client, 'it is not connected');
      }
      return connection.ask(task, signal);
    },
  };
}
