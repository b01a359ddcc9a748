/**
 * A fleet of participants in this program: for simulations, tests, and the coordinator's own training, for which the
 * coordinator is one more participant of any fleet, under a name that no client may have.
 */

import { ClientFailure, StudyStopped } from '../../errors.js';
import { COORDINATOR } from '../../study/study.js';
import type { Participant, ReplyTo, Task } from '../../train/task.js';
import { untilAborted } from '../cancellation.js';
import type { ClientId, Fleet } from './fleet.js';

/**
 * A fleet whose members never change. An error that a participant throws becomes a ClientFailure with the same message.
 *
 * @param participants - By the clients' names
 * @param options - `concurrency`: how many participants train at the same time, such as the number of worker threads
 */
export function inMemoryFleet(
  participants: ReadonlyMap<ClientId, Participant>,
  { concurrency }: Pick<Fleet, 'concurrency'> = {},
): Fleet {
  const clients = [...participants.keys()].sort();
  return {
    concurrency,
    available: () => clients,
    onChange: () => () => undefined,
    waitForClients: (count, signal) =>
      untilAborted(
        () =>
          count <= clients.length
            ? Promise.resolve()
            : Promise.reject(new StudyStopped(`expected at least ${count} clients, found ${clients.length}`)),
        signal,
      ),
    ask: async <T extends Task>(client: ClientId, task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
      const participant = participants.get(client);
      if (!participant) {
        throw new ClientFailure(client, 'there is no such client');
      }
      try {
        return await untilAborted(() => participant(task, signal), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ClientFailure) {
          throw error;
        }
        throw new ClientFailure(client, error instanceof Error ? error.message : String(error), { cause: error });
      }
    },
  };
}

/**
 * The fleet, in which `COORDINATOR` can be asked as well. It is never listed among the available clients, and when it
 * fails, it fails like a client. `available` throws StudyStopped when a client has the coordinator's name.
 */
export function fleetWithCoordinator(fleet: Fleet, coordinator: Participant): Fleet {
  const coordinatorAlone = inMemoryFleet(new Map([[COORDINATOR, coordinator]]));
  return {
    concurrency: fleet.concurrency,
    available: () => {
      const clients = fleet.available();
      if (clients.includes(COORDINATOR)) {
        throw new StudyStopped(`Expected clients of other names than "${COORDINATOR}", found one with it`);
      }
      return clients;
    },
    onChange: (listener) => fleet.onChange(listener),
    waitForClients: (count, signal) => fleet.waitForClients(count, signal),
    ask: (client, task, signal) => (client === COORDINATOR ? coordinatorAlone : fleet).ask(client, task, signal),
  };
}
