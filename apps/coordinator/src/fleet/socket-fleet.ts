/** The clients that joined over sockets, as the engine sees them. */

import { ClientFailure, type ClientId, type Fleet, type Timer, untilAborted } from '@gaitway/core';
import { ConnectionLost } from './connection-lost.js';
import type { Roster } from './roster.js';

export interface SocketFleetOptions {
  readonly roster: Roster;
  /** Seconds in which a client that lost its connection in the middle of a task can come back. */
  readonly returnSeconds: number;
  readonly timer: Timer;
  /** A client is back and gets its task again. */
  readonly onReturn: (client: ClientId, stage: string, round: number) => void;
}

/**
 * Connections that a client can lose over one task, beside those that brought a large message further. One whose
 * training ends its process would be asked for ever.
 */
const LOSSES_PER_TASK = 10;

/**
 * A fleet whose members come and go. One that loses its connection in the middle of a task gets the task again when it
 * is back in time: it answers from what it has done, so a cut changes no bit. One that left can be asked again later.
 */
export function socketFleet(options: SocketFleetOptions): Fleet {
  const { roster, onReturn } = options;
  return {
    available: () => roster.available(),
    onChange: (listener) => roster.onChange(listener),
    gather: (count, signal) => untilJoined(roster, () => roster.available().length >= count, signal),
    ask: async (client, task, signal) => {
      for (let losses = 0; ;) {
        const connection = roster.connection(client);
        if (!connection) {
          throw new ClientFailure(client, 'it is not connected');
        }
        try {
          return await connection.ask(task, signal);
        } catch (error) {
          if (!(error instanceof ConnectionLost)) {
            throw error;
          }
          losses += error.gotFurther ? 0 : 1;
          if (losses >= LOSSES_PER_TASK) {
            throw error;
          }
          await untilBack(options, error, signal);
          onReturn(client, task.stage, task.round);
        }
      }
    },
  };
}

/** @throws the loss itself when the client is not back in time; the signal's reason when it aborts */
async function untilBack(
  { roster, returnSeconds, timer }: SocketFleetOptions,
  loss: ConnectionLost,
  signal: AbortSignal,
): Promise<void> {
  const tooLate = new AbortController();
  const callOff = timer.after(returnSeconds, () => {
    tooLate.abort(loss);
  });
  const isBack = (): boolean => roster.connection(loss.client) !== undefined;
  try {
    await untilJoined(roster, isBack, AbortSignal.any([signal, tooLate.signal]));
  } finally {
    callOff();
  }
}

/** Resolves once the condition holds, which is asked whenever somebody joins or leaves. */
async function untilJoined(roster: Roster, isMet: () => boolean, signal: AbortSignal): Promise<void> {
  let stop: (() => void) | undefined;
  const met = (): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (isMet()) {
          resolve();
        }
      };
      stop = roster.onChange(check);
      check();
    });
  await untilAborted(met, signal).finally(() => stop?.());
}
