/** A client says whether it can be given tasks for now. */

import type { Availability } from '@gaitway/protocol';
import { refuse, type Visit } from './visit.js';

export function noteAvailability(visit: Visit, { available, reason }: Availability): void {
  const { guest, reception } = visit;
  if (!guest) {
    refuse(visit, 'out-of-turn', 'expected a client to say hello before it says whether it is available');
    return;
  }
  reception.roster.setAvailable(guest, available);
  const { client } = guest;
  reception.onEvent(
    available
      ? { kind: 'available', client }
      : { kind: 'unavailable', client, reason: reason ?? 'it does not say why' },
  );
}
