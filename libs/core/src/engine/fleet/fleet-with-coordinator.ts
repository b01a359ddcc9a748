/** The coordinator as one more participant that a round can ask, under a name that no client may have. */

import { StudyStopped } from '../../errors.js';
import { COORDINATOR } from '../../study/study.js';
import type { Participant } from '../../train/task.js';
import type { Fleet } from './fleet.js';
import { inMemoryFleet } from './in-memory-fleet.js';

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
    gather: (count, signal) => fleet.gather(count, signal),
    ask: (client, task, signal) => (client === COORDINATOR ? coordinatorAlone : fleet).ask(client, task, signal),
  };
}
