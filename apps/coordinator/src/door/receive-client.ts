/** A connection says hello, is welcomed, joins, and from then on answers tasks. Whoever does not is refused. */

import { createOutbox, decodeFromClient, MessageRefused, VersionRefused, type FromClient } from '@gaitway/protocol';
import { createAllowances } from '../limits/allowance.js';
import { admit } from './admit.js';
import { noteAvailability } from './availability.js';
import { departureOf, type ClientSocket } from './client-socket.js';
import { endVisit } from './end-visit.js';
import { greet } from './greet.js';
import type { Reception } from './reception.js';
import { takeAnswer } from './take-answer.js';
import { transfer } from './transfer.js';
import { breakOff, emit, expectWithin, MESSAGES, refuse, type Visit } from './visit.js';

/** Attends to a connection until it ends. */
export function receiveClient(socket: ClientSocket, reception: Reception): void {
  const { limits, clock } = reception;
  const outbox = createOutbox({
    emit: (message) => {
      emit(socket, reception, message);
    },
    now: clock.now,
  });
  const visit: Visit = { socket, reception, messages: createAllowances(limits.messages, clock.now), outbox };
  expectWithin(visit, limits.helloSeconds, 'no-hello', 'no hello');
  socket.on('message', (frame: unknown) => {
    if (!visit.dismissal) {
      reception.traffic.up(frame instanceof Uint8Array ? frame.length : 0);
      receive(visit, frame);
    }
  });
  socket.on('error', (error) => {
    breakOff(visit, { reason: `what arrived from it is damaged: ${error.message}`, cause: 'damaged' });
  });
  socket.on('disconnect', (cause, description) => {
    visit.patience?.();
    endVisit(visit, visit.dismissal ?? departureOf(cause, description));
  });
}

function receive(visit: Visit, frame: unknown): void {
  if (!visit.messages.take(MESSAGES)) {
    const { atOnce, perSecond } = visit.reception.limits.messages;
    refuse(visit, 'flood', `sent over ${atOnce} messages that nobody waited for, and then over ${perSecond} a second`);
    return;
  }
  understand(visit, frame);
}

function understand(visit: Visit, frame: unknown): void {
  const message = decoded(visit, frame);
  if (message) {
    hear(visit, message);
  }
}

/** The message; undefined when it is none, and its sender is refused for that. */
function decoded(visit: Visit, frame: unknown): FromClient | undefined {
  try {
    return decodeFromClient(frame);
  } catch (error) {
    if (!(error instanceof MessageRefused)) {
      throw error;
    }
    refuse(visit, error instanceof VersionRefused ? 'other-version' : 'malformed', error.message);
    return undefined;
  }
}

function hear(visit: Visit, message: FromClient): void {
  switch (message.kind) {
    case 'hello':
      greet(visit, message);
      break;
    case 'join':
      admit(visit, message, (bytes) => {
        understand(visit, bytes);
      });
      break;
    case 'availability':
      noteAvailability(visit, message);
      break;
    case 'answer':
    case 'failure':
      takeAnswer(visit, message);
      break;
    case 'offer':
    case 'part':
    case 'held':
    case 'withdrawal':
      transfer(visit, message);
  }
}
