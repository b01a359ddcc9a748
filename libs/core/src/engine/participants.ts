/** Everybody who can be asked to train: the fleet's clients, and the coordinator under a name of its own. */

import { COORDINATOR } from '../study/study.js';
import type { Participant } from '../train/task.js';
import type { Fleet } from './fleet.js';
import { inMemoryFleet } from './in-memory-fleet.js';

/** One way to ask, whoever it is. */
export type Participants = Pick<Fleet, 'ask'>;

/** A coordinator's failure is a failure like a client's. */
export function allParticipants(fleet: Fleet, coordinator: Participant): Participants {
  const home = inMemoryFleet(new Map([[COORDINATOR, coordinator]]));
  return { ask: (client, task, signal) => (client === COORDINATOR ? home : fleet).ask(client, task, signal) };
}
