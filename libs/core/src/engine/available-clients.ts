/** The clients that can be asked, under names that tell them from the coordinator. */

import { StudyStopped } from '../errors.js';
import { COORDINATOR } from '../study/study.js';
import type { ClientId, Fleet } from './fleet.js';

/** @throws StudyStopped when a client has the coordinator's name */
export function availableClients(fleet: Fleet): readonly ClientId[] {
  const available = fleet.available();
  if (available.includes(COORDINATOR)) {
    throw new StudyStopped(`Expected clients of other names than "${COORDINATOR}", found one with it`);
  }
  return available;
}
