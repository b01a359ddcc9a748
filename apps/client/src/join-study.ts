/** A client of a federated study, from its first connection to the coordinator's goodbye. */

import { InvalidInput, untilAborted } from '@gaitway/core';
import {
  createReassemblyBuffer,
  type ClientToServerEvents,
  type Goodbye,
  type ServerToClientEvents,
  socketParser,
} from '@gaitway/protocol';
import { io, type Socket } from 'socket.io-client';
import { answerPacker } from './answer-packer.js';
import type { AvailabilityWatch } from './availability.js';
import type { ClientEvent } from './client-event.js';
import { createComeback, type Comeback } from './comeback.js';
import { startConversation, type Conversation, type ConversationOptions } from './conversation.js';
import { JoinRefused } from './join-refused.js';
import { openLine, type Direction, type Line, type LineOptions } from './line.js';
import { preparationKeeper, type Prepare, type PreparationKeeper } from './prepared-participant.js';
import { byQuarters } from './quarters.js';
import { SteadyPolling, SteadyWebSocket } from './steady-transports.js';
import { disconnectionReason, unansweredReason, unreachableReason } from './socket-reasons.js';

/** Pauses between attempts to connect grow from the first to the second, each about twice as long as the last. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export interface JoinStudyOptions {
  /** The coordinator's, such as `http://127.0.0.1:7070`, or `http://127.0.0.1:7070/walks` where it has several studies. */
  readonly url: string;
  /** This client's name in the study. */
  readonly client: string;
  /** Makes the participant for a study: once, and again only if the coordinator comes back with another study. */
  readonly prepare: Prepare;
  /** Whether this client takes tasks; it always does without. */
  readonly availability?: AvailabilityWatch;
  /** By which the coordinator knows this client from an earlier time. */
  readonly session?: string;
  /** Keeps the session that the coordinator gave, for the next start. */
  readonly keepSession?: (session: string) => Promise<void>;
  /** Seconds without a connection after which the client ends. Absent: it tries for ever. */
  readonly giveUpAfterSeconds?: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ClientEvent) => void;
}

/** How a study ended for a client: with its last round, or before. */
export type StudyEnding = 'finished' | 'dismissed';

/**
 * Takes part in a study until the coordinator says goodbye. A broken connection, or a coordinator that is not there, is
 * tried again, with pauses that grow and vary, until `signal` aborts or `giveUpAfterSeconds` are over; the coordinator
 * then knows the client again. What it had begun goes on meanwhile. Rejects with whatever `prepare` threw.
 *
 * @throws StudyStopped when it gives up
 * @throws JoinRefused with the coordinator's reason
 * @throws InvalidInput when the URL is none, or the coordinator sends no study that can be read
 * @throws MessageRefused when the coordinator sends something else than messages
 */
export async function joinStudy({ url, signal, ...membership }: JoinStudyOptions): Promise<StudyEnding> {
  requireHttp(url);
  const preparations = preparationKeeper(membership.prepare);
  // A socket and a manager of its own, so that two clients in one program know nothing of each other.
  const { origin, pathname } = new URL(url);
  const socket: ClientSocket = io(origin, {
    // Several studies at one address have a path each.
    path: `${pathname.replace(/\/$/, '')}/socket.io`,
    forceNew: true,
    autoConnect: false,
    parser: socketParser,
    transports: [SteadyWebSocket, SteadyPolling],
    tryAllTransports: true,
    upgrade: false,
    reconnectionDelay: FIRST_PAUSE_MS,
    reconnectionDelayMax: LONGEST_PAUSE_MS,
  });
  const givenUp = new AbortController();
  const comeback = createComeback({
    giveUpAfterSeconds: membership.giveUpAfterSeconds,
    onGiveUp: (error) => {
      givenUp.abort(error);
    },
  });
  try {
    const conversing = (): Promise<Goodbye> => converse(socket, { ...membership, preparations, comeback });
    const { finished } = await untilAborted(conversing, AbortSignal.any([signal, givenUp.signal]));
    return finished ? 'finished' : 'dismissed';
  } finally {
    socket.disconnect();
    comeback.end();
    await preparations.dispose();
  }
}

type ClientSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

interface Membership extends Omit<JoinStudyOptions, 'url' | 'prepare' | 'signal'> {
  readonly preparations: PreparationKeeper;
  readonly comeback: Comeback;
}

/** One conversation after the other, one for each connection, until a goodbye. */
function converse(socket: ClientSocket, membership: Membership): Promise<Goodbye> {
  const { onEvent, comeback } = membership;
  const kept = { reassembly: createReassemblyBuffer(), pack: answerPacker() };
  let call: Call | undefined;
  let attempt = 0;
  return new Promise((resolve, reject) => {
    const fail: (error: unknown) => void = reject;
    const begin = conversations(membership, {
      onEnd: fail,
      onGoodbye: (goodbye) => {
        if (goodbye.retryAfterSeconds === undefined) {
          resolve(goodbye);
        } else {
          stayAway(socket, membership, goodbye.reason, goodbye.retryAfterSeconds);
        }
      },
    });
    socket.on('connect', () => {
      comeback.found();
      call = openCall(socket, { ...kept, begin, onEvent });
    });
    socket.on('message', (frame: unknown) => {
      try {
        call?.line.take(frame);
      } catch (error) {
        fail(error);
      }
    });
    socket.on('disconnect', (cause, description) => {
      if (cause === 'io server disconnect') {
        fail(new JoinRefused('the coordinator ended the connection'));
      } else if (cause !== 'io client disconnect') {
        onEvent({ kind: 'disconnected', reason: (call ? disconnectionReason : unansweredReason)(cause, description) });
      }
      call?.end();
      call = undefined; // What arrived before, and is heard only now, must get no answer on the next connection.
      comeback.lost();
    });
    socket.on('connect_error', (error) => {
      onEvent({ kind: 'unreachable', attempt: ++attempt, reason: unreachableReason(error) });
    });
    comeback.lost();
    socket.connect();
  });
}

/** Leaves, and comes back after a while. */
function stayAway(socket: ClientSocket, { comeback, onEvent }: Membership, reason: string, afterSeconds: number): void {
  onEvent({ kind: 'asked-to-return', reason, afterSeconds });
  socket.disconnect();
  comeback.later(afterSeconds, () => {
    socket.connect();
  });
}

/** A connection with what is said on it. */
interface Call {
  readonly line: Line;
  end(): void;
}

interface CallOptions extends Pick<LineOptions, 'reassembly' | 'pack'> {
  readonly begin: Begin;
  readonly onEvent: (event: ClientEvent) => void;
}

function openCall(socket: ClientSocket, { begin, onEvent, ...kept }: CallOptions): Call {
  const progressOf = (direction: Direction): ((bytes: number, total: number) => void) =>
    byQuarters((bytes, total) => {
      onEvent({ kind: 'transfer', direction, bytes, total });
    });
  const line = openLine({
    ...kept,
    emit: (message) => socket.emit('message', message),
    onMessage: (message) => {
      conversation.hear(message);
    },
    onProgress: { down: progressOf('down'), up: progressOf('up') },
  });
  const conversation = begin(line.send);
  return {
    line,
    end: () => {
      line.close();
      conversation.end();
    },
  };
}

type Begin = (send: ConversationOptions['send']) => Conversation;
type Listeners = Pick<ConversationOptions, 'onGoodbye' | 'onEnd'>;

/** Begins conversations, each with the session of the one before. */
function conversations({ keepSession, session: first, ...membership }: Membership, listeners: Listeners): Begin {
  let session = first;
  const onSession = async (given: string): Promise<void> => {
    if (given !== session) {
      await keepSession?.(given);
    }
    session = given;
  };
  return (send) => startConversation({ ...membership, ...listeners, send, session, onSession });
}

function requireHttp(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    const message = `expected an address such as http://127.0.0.1:7070, found "${url}"`;
    throw new InvalidInput('coordinator', [{ path: '', message }]);
  }
}
