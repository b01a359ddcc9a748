/** A client that was welcomed joins: from then on it can be given tasks. */

import { gaitwayVersion } from '@gaitway/node';
import type { Join } from '@gaitway/protocol';
import { clientConnection } from '../fleet/client-connection.js';
import { joinRefusal } from './handshake.js';
import { openInbox } from './transfer.js';
import { refuse, say, type Visit } from './visit.js';

/** @param understand - Called with the bytes of each large message of the client */
export function admit(visit: Visit, join: Join, understand: (bytes: Uint8Array) => void): void {
  const { guest, reception } = visit;
  if (!guest || visit.connection) {
    refuse(visit, 'out-of-turn', guest ? 'joined twice' : 'expected a client to say hello before it joins');
    return;
  }
  const refusal = joinRefusal(join, reception.identity);
  if (refusal !== undefined) {
    const versions = `Gaitway ${guest.gaitway} at the client, ${gaitwayVersion} at the coordinator`;
    refuse(visit, 'other-study', `${refusal} (${versions}: both need the same)`);
    return;
  }
  visit.patience?.();
  const { client } = guest;
  const { framesOf } = reception;
  visit.inbox = openInbox(visit, client, understand);
  reception.farewell.arrived(client);
  visit.connection = clientConnection({ client, framesOf, outbox: visit.outbox });
  say(visit, { kind: 'joined' });
  reception.tally.joined();
  reception.onEvent({ kind: 'joined', client, ...(join.windows !== undefined && { windows: join.windows }) });
  reception.roster.join(guest, visit.connection);
}
