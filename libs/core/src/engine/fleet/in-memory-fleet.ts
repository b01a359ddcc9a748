/** A fleet of participants in this program: for simulations, tests, and the coordinator's own training. */

import { ClientFailure, StudyStopped } from '../../errors.js';
import type { Participant, ReplyTo, Task } from '../../train/task.js';
import type { ClientId, Fleet } from './fleet.js';
import { untilAborted } from '../cancellation.js';

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
    gather: (count, signal) =>
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
