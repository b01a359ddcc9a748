/** A client of a federated study, from its first connection to the coordinator's goodbye. */

import { InvalidInput } from '@gaitway/core';
import { untilAborted } from '@gaitway/core';
import {
  decodeFromCoordinator,
  encode,
  type ClientToServerEvents,
  type Goodbye,
  type ServerToClientEvents,
} from '@gaitway/protocol';
import { io, type Socket } from 'socket.io-client';
import type { ClientEvent } from './client-event.js';
import { startConversation, type Conversation } from './conversation.js';
import { JoinRefused } from './join-refused.js';
import { preparationKeeper, type Prepare, type PreparationKeeper } from './prepared-participant.js';
import { disconnectionReason, unreachableReason } from './socket-reasons.js';

/** Pauses between attempts to connect grow from the first to the second, each about twice as long as the last. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export interface JoinStudyOptions {
  /** The coordinator's, such as `http://127.0.0.1:7070`. */
  readonly url: string;
  /** This client's name in the study. */
  readonly client: string;
  /** Makes the participant for a study: once, and again only if the coordinator comes back with another study. */
  readonly prepare: Prepare;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ClientEvent) => void;
}

/** How a study ended for a client: with its last round, or before. */
export type StudyEnding = 'finished' | 'dismissed';

/**
 * Takes part in a study until the coordinator says goodbye. A broken connection, or a coordinator that is not there, is
 * tried again until `signal` aborts; the coordinator then knows the client again. Rejects with whatever `prepare` threw.
 *
 * @throws JoinRefused with the coordinator's reason
 * @throws InvalidInput when the URL is none, or the coordinator sends no study that can be read
 * @throws MessageRefused when the coordinator sends something else than messages
 */
export async function joinStudy({ url, signal, ...membership }: JoinStudyOptions): Promise<StudyEnding> {
  requireHttp(url);
  const preparations = preparationKeeper(membership.prepare);
  // A socket and a manager of its own, so that two clients in one program know nothing of each other.
  const socket: ClientSocket = io(url, {
    forceNew: true,
    autoConnect: false,
    transports: ['websocket'],
    reconnectionDelay: FIRST_PAUSE_MS,
    reconnectionDelayMax: LONGEST_PAUSE_MS,
  });
  try {
    const { finished } = await untilAborted(() => converse(socket, { ...membership, preparations }), signal);
    return finished ? 'finished' : 'dismissed';
  } finally {
    socket.disconnect();
    await preparations.dispose();
  }
}

type ClientSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

interface Membership {
  readonly client: string;
  readonly preparations: PreparationKeeper;
  readonly onEvent: (event: ClientEvent) => void;
}

/** One conversation after the other, one for each connection, until a goodbye. */
function converse(socket: ClientSocket, membership: Membership): Promise<Goodbye> {
  const { onEvent } = membership;
  let session: string | undefined;
  let conversation: Conversation | undefined;
  return new Promise((resolve, reject) => {
    const fail: (error: unknown) => void = reject;
    socket.on('connect', () => {
      conversation = startConversation({
        ...membership,
        session,
        send: (message) => socket.emit('message', encode(message)),
        onSession: (newSession) => {
          session = newSession;
        },
        onGoodbye: resolve,
        onEnd: fail,
      });
    });
    socket.on('message', (frame: unknown) => {
      try {
        conversation?.hear(decodeFromCoordinator(frame));
      } catch (error) {
        fail(error);
      }
    });
    socket.on('disconnect', (cause, description) => {
      conversation?.end();
      if (cause === 'io server disconnect') {
        fail(new JoinRefused('the coordinator ended the connection'));
      } else if (cause !== 'io client disconnect') {
        onEvent({ kind: 'disconnected', reason: disconnectionReason(cause, description) });
      }
    });
    let attempt = 0;
    socket.on('connect_error', (error) => {
      onEvent({ kind: 'unreachable', attempt: ++attempt, reason: unreachableReason(error) });
    });
    socket.connect();
  });
}

function requireHttp(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    const message = `expected an address such as http://127.0.0.1:7070, found "${url}"`;
    throw new InvalidInput('coordinator', [{ path: '', message }]);
  }
}
