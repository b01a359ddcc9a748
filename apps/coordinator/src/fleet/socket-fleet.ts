/** The clients that are connected over sockets, as the fleet that the engine sees. */

import { ClientFailure, type ClientId, type Fleet } from '@gaitway/core';
import { type Timer, untilAborted } from '@gaitway/core/internal';
import type { ClientRegistry } from './client-registry.js';
import { ConnectionLost } from './disconnection.js';

export interface SocketFleetOptions {
  readonly registry: ClientRegistry;
  /** Seconds in which a client that lost its connection in the middle of a task can come back and still answer it. */
  readonly returnSeconds: number;
  readonly timer: Timer;
  /** Called when a client is back and gets its task again. */
  readonly onReturn: (client: ClientId, stage: string, round: number) => void;
}

/**
 * How many connections a client can lose over one task, not counting those that brought some of a large message over.
 * Without this limit, a client whose training crashes its process would be given the task for ever.
 */
const LOSSES_PER_TASK = 10;

/**
 * A fleet whose clients come and go. A client that loses its connection in the middle of a task and is back in time gets
 * the task again. It answers with what it has computed, so a broken connection does not change a bit of the result.
 */
export function socketFleet(options: SocketFleetOptions): Fleet {
  const { registry, onReturn } = options;
  return {
    available: () => registry.available(),
    onChange: (listener) => registry.onChange(listener),
    waitForClients: (count, signal) => untilJoined(registry, () => registry.available().length >= count, signal),
    ask: async (client, task, signal) => {
      for (let losses = 0; ;) {
        const connection = registry.connection(client);
        if (!connection) {
          throw new ClientFailure(client, 'it is not connected');
        }
        try {
          return await connection.ask(task, signal);
        } catch (error) {
          if (!(error instanceof ConnectionLost)) {
            throw error;
          }
          losses += error.hadProgress ? 0 : 1;
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

/** @throws the ConnectionLost itself when the client is not back in time; the signal's reason when it aborts */
async function untilBack(
  { registry, returnSeconds, timer }: SocketFleetOptions,
  loss: ConnectionLost,
  signal: AbortSignal,
): Promise<void> {
  const tooLate = new AbortController();
  const cancelTimer = timer.after(returnSeconds, () => {
    tooLate.abort(loss);
  });
  const isBack = (): boolean => registry.connection(loss.client) !== undefined;
  try {
    await untilJoined(registry, isBack, AbortSignal.any([signal, tooLate.signal]));
  } finally {
    cancelTimer();
  }
}

/** Resolves once the condition is met, which is checked whenever a client joins or leaves. */
async function untilJoined(registry: ClientRegistry, isMet: () => boolean, signal: AbortSignal): Promise<void> {
  let stop: (() => void) | undefined;
  const met = (): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (isMet()) {
          resolve();
        }
      };
      stop = registry.onChange(check);
      check();
    });
  await untilAborted(met, signal).finally(() => stop?.());
}

/** A fleet that reports when it waits for clients to join, and for how many. */
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
      waitForClients: async (count, signal) => {
        const report = (): void => {
          const present = registry.available();
          if (present.length < count) {
            onWaiting(present, count - present.length);
          }
        };
        const stop = registry.onChange(report);
        report();
        waiting++;
        await fleet.waitForClients(count, signal).finally(() => {
          waiting--;
          stop();
        });
      },
    },
  };
}
