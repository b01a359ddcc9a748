/** Clients that answer, arrive and leave when a test says so. */

import type { ClientId, Fleet } from '../engine/fleet/fleet.js';
import { inMemoryFleet } from '../engine/fleet/in-memory-fleet.js';
import { untilAborted } from '../engine/cancellation.js';
import type { TrainReply, TrainTask } from '../train/task.js';
import { changeBy, handMade } from './hand-made.js';

interface Asked {
  readonly task: TrainTask;
  readonly signal: AbortSignal;
  readonly answer: (reply: TrainReply) => void;
  readonly fail: (error: Error) => void;
}

export interface GatedClients {
  readonly fleet: Fleet;
  /** Clients that were asked and have neither answered nor been told to stop. */
  inProgress(): readonly ClientId[];
  /** The task that a client works on, as soon as it has one. */
  task(client: ClientId): Promise<TrainTask>;
  /** Answers with the same change of all parameters, as soon as the client has been asked. */
  answer(client: ClientId, change: number, examples?: number): Promise<void>;
  fail(client: ClientId): Promise<void>;
  come(client: ClientId): void;
  go(client: ClientId): void;
}

export function gatedClients(...names: readonly ClientId[]): GatedClients {
  const here = new Set(names);
  const asked = new Map<ClientId, Asked>();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    [...listeners].forEach((listener) => {
      listener();
    });
  };
  const changeOf = <T>(read: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const check = (): void => {
        const value = read();
        if (value !== undefined) {
          listeners.delete(check);
          resolve(value);
        }
      };
      listeners.add(check);
      check();
    });
  const participant = (client: ClientId) =>
    handMade(
      (task, signal) =>
        new Promise<TrainReply>((answer, fail) => {
          asked.set(client, { task, signal, answer, fail });
          tell();
        }),
    );
  const working = (client: ClientId): Asked | undefined => {
    const work = asked.get(client);
    return work && !work.signal.aborted ? work : undefined;
  };
  const taken = async (client: ClientId): Promise<Asked> => {
    const work = await changeOf(() => working(client));
    asked.delete(client);
    return work;
  };
  return {
    fleet: {
      available: () => [...here].sort(),
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      waitForClients: (count, signal) =>
        untilAborted(async () => {
          await changeOf(() => (here.size >= count ? true : undefined));
        }, signal),
      ask: (client, task, signal) => inMemoryFleet(new Map([[client, participant(client)]])).ask(client, task, signal),
    },
    inProgress: () => [...asked.keys()].filter(working).sort(),
    task: async (client) => (await changeOf(() => working(client))).task,
    answer: async (client, change, examples = 1) => {
      const { task, answer } = await taken(client);
      answer(changeBy(change, examples)(task));
    },
    fail: async (client) => {
      (await taken(client)).fail(new Error('its battery is empty'));
    },
    come: (client) => {
      here.add(client);
      tell();
    },
    go: (client) => {
      here.delete(client);
      tell();
    },
  };
}
