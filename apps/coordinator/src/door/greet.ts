/** The first word of a connection: a hello, which is welcomed or refused. */

import { createOutgoingMessage, encode, type Hello } from '@gaitway/protocol';
import { helloRefusal } from './handshake.js';
import { dismissVisit, expectWithin, refuse, say, sendAway, type Visit } from './visit.js';

export function greet(visit: Visit, hello: Hello): void {
  const { reception } = visit;
  const { client } = hello;
  const goodbye = reception.goodbye();
  if (goodbye?.kind === 'refusal') {
    refuse(visit, 'no-such-study', goodbye.reason, client);
    return;
  }
  if (goodbye) {
    visit.toldGoodbye = client;
    say(visit, goodbye);
    return;
  }
  if (visit.guest) {
    refuse(visit, 'out-of-turn', 'said hello twice');
    return;
  }
  const present = reception.roster.guest(client);
  const refusal = helloRefusal(hello, present?.session);
  if (refusal !== undefined) {
    refuse(visit, 'name', refusal, client);
  } else if (reception.hellos.take(client)) {
    present?.dismiss({ reason: 'it came back on a new connection', cause: 'replaced' });
    welcome(visit, hello);
  } else {
    sendAway(visit, 'returns-too-often', 'it comes back too often', client);
  }
}

function welcome(visit: Visit, { client, gaitway, session = visit.reception.newSession() }: Hello): void {
  const { reception } = visit;
  visit.guest = {
    client,
    gaitway,
    session,
    dismiss: (departure) => {
      dismissVisit(visit, departure);
    },
    tell: (message) => {
      say(visit, message);
    },
  };
  reception.roster.welcome(visit.guest);
  expectWithin(visit, reception.limits.joinSeconds, 'no-join', 'no join');
  visit.outbox.post(createOutgoingMessage(encode({ ...reception.welcome, session })));
}
