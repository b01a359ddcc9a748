/** What is to be done when a connection has ended. */

import type { Departure } from '../fleet/connection-lost.js';
import type { Visit } from './visit.js';

/** Whoever waits for the client learns that it is gone, and why. */
export function endVisit(visit: Visit, departure: Departure): void {
  const { guest, reception } = visit;
  const client = guest?.client ?? visit.toldGoodbye;
  visit.outbox.close();
  visit.inbox?.close();
  if (guest) {
    reception.roster.leave(guest);
  }
  if (client !== undefined && departure.cause === 'left') {
    reception.farewell.left(client);
  }
  if (departure.cause === 'too-large' || departure.cause === 'damaged') {
    reception.tally.refused(departure.cause);
  }
  endMembership(visit, departure);
}

/** The end for a client that had joined. */
function endMembership({ guest, connection, outbox, inbox, reception }: Visit, departure: Departure): void {
  if (!guest || !connection) {
    return;
  }
  reception.uploads.leave(guest.client);
  connection.lose(departure, outbox.hasProgressed() || inbox?.hasProgressed() === true);
  reception.tally.left(departure.cause);
  if (!reception.goodbye()) {
    // Once told goodbye, everybody leaves.
    reception.onEvent({ kind: 'left', client: guest.client, reason: departure.reason });
  }
}
