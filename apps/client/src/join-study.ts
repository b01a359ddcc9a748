/** Takes part in a federated study, from the first connection to the coordinator's goodbye. */

import { InvalidInput } from '@gaitway/core';
import { untilAborted } from '@gaitway/core/internal';
import { createReassemblyBuffer, type Goodbye, socketParser } from '@gaitway/protocol';
import { io } from 'socket.io-client';
import { messageEncoder } from './connection/channel.js';
import type { AvailabilityWatch } from './availability/availability.js';
import type { ClientEvent } from './client-event.js';
import { disconnectionReason, unansweredReason, unreachableReason } from './connection/fault-text.js';
import { networkOptions } from './connection/network-options.js';
import { createReconnectPolicy, type ReconnectPolicy } from './connection/reconnect-policy.js';
import { JoinRefused, startConversation, type ConversationOptions } from './connection/conversation.js';
import { preparationCache, type Prepare, type PreparationCache } from './tasks/prepared-participant.js';
import {
  type ClientSocket,
  type Connection,
  type ConnectionOptions,
  openConnection,
} from './connection/open-connection.js';
import { FaultTolerantPolling, FaultTolerantWebSocket } from './connection/transports.js';

/** The pauses between attempts to connect grow from the first to the longest, each about twice as long as the last. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export interface JoinStudyOptions {
  /** The coordinator's, such as `http://127.0.0.1:7070`, or `http://127.0.0.1:7070/walks` where it has several studies. */
  readonly url: string;
  /** The certificates of the authorities to trust, as PEM. Absent: those that Node trusts. */
  readonly ca?: string;
  /** This client's name in the study. */
  readonly client: string;
  /** Makes the participant for a study: once, and again only if the coordinator comes back with another study. */
  readonly prepare: Prepare;
  /** Whether this client takes tasks. Absent: it always does. */
  readonly availability?: AvailabilityWatch;
  /** The token from an earlier run of this client, by which the coordinator knows it again. */
  readonly session?: string;
  /** Stores the token that the coordinator gave, for the next start of this client. */
  readonly keepSession?: (session: string) => Promise<void>;
  /** Seconds without a connection after which the client ends. Absent: it never gives up. */
  readonly giveUpAfterSeconds?: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ClientEvent) => void;
}

/** How a study ended for a client: after its last round, or before. */
export type StudyEnding = 'finished' | 'dismissed';

/**
 * Takes part in a study until the coordinator says goodbye. When the connection breaks or cannot be made, the client tries
 * again, with pauses that grow and vary, until `signal` aborts or `giveUpAfterSeconds` are over. The coordinator knows the
 * client again, and work on a task goes on meanwhile. Rejects with whatever `prepare` threw.
 *
 * @throws StudyStopped when it gives up
 * @throws JoinRefused with the coordinator's reason
 * @throws InvalidInput when the URL or that of a proxy in the environment is invalid, or the coordinator sends a study that cannot be read
 * @throws MessageRefused when the coordinator sends anything but messages
 */
export async function joinStudy({ url, ca, signal, ...membership }: JoinStudyOptions): Promise<StudyEnding> {
  requireHttp(url);
  const preparations = preparationCache(membership.prepare);
  const { origin, pathname } = new URL(url);
  const socket: ClientSocket = io(origin, {
    // Where several studies share an address, each has a path of its own.
    path: `${pathname.replace(/\/$/, '')}/socket.io`,
    forceNew: true, // otherwise two clients in one program would share a connection
    autoConnect: false,
    parser: socketParser,
    transports: [FaultTolerantWebSocket, FaultTolerantPolling],
    tryAllTransports: true,
    upgrade: false,
    reconnectionDelay: FIRST_PAUSE_MS,
    reconnectionDelayMax: LONGEST_PAUSE_MS,
    ...(networkOptions(url, ca) as object), // whose types at socket.io are those of browsers
  });
  const givenUp = new AbortController();
  const reconnectPolicy = createReconnectPolicy({
    giveUpAfterSeconds: membership.giveUpAfterSeconds,
    onGiveUp: (error) => {
      givenUp.abort(error);
    },
  });
  try {
    const conversing = (): Promise<Goodbye> => converse(socket, { ...membership, url, preparations, reconnectPolicy });
    const { finished } = await untilAborted(conversing, AbortSignal.any([signal, givenUp.signal]));
    return finished ? 'finished' : 'dismissed';
  } finally {
    socket.disconnect();
    reconnectPolicy.cancel();
    await preparations.dispose();
  }
}

/** What stays the same over all connections. */
interface Membership extends Omit<JoinStudyOptions, 'ca' | 'prepare' | 'signal'> {
  readonly preparations: PreparationCache;
  readonly reconnectPolicy: ReconnectPolicy;
}

/** Has one conversation after the other, one on each connection, until a goodbye. */
function converse(socket: ClientSocket, membership: Membership): Promise<Goodbye> {
  const { url, onEvent, reconnectPolicy } = membership;
  const kept = { reassembly: createReassemblyBuffer(), encode: messageEncoder() };
  let connection: Connection | undefined;
  let attempt = 0;
  return new Promise((resolve, reject) => {
    const fail: (error: unknown) => void = reject;
    const onGoodbye = (goodbye: Goodbye): void => {
      if (goodbye.retryAfterSeconds === undefined) {
        resolve(goodbye);
      } else {
        stayAway(socket, membership, goodbye.reason, goodbye.retryAfterSeconds);
      }
    };
    const begin = conversations(membership, { onEnd: fail, onGoodbye });
    socket.on('connect', () => {
      reconnectPolicy.connected();
      connection = openConnection(socket, { ...kept, begin, onEvent });
    });
    socket.on('message', (frame: unknown) => {
      try {
        connection?.receive(frame);
      } catch (error) {
        fail(error);
      }
    });
    socket.on('disconnect', (cause, description) => {
      if (cause === 'io server disconnect') {
        fail(new JoinRefused('the coordinator ended the connection'));
      } else if (cause !== 'io client disconnect') {
        const reasonOf = connection ? disconnectionReason : unansweredReason;
        onEvent({ kind: 'disconnected', reason: reasonOf(cause, description) });
      }
      connection?.end();
      connection = undefined; // what arrived on it but is handled only now must get no answer on the next connection
      reconnectPolicy.disconnected();
    });
    socket.on('connect_error', (error) => {
      onEvent({ kind: 'unreachable', attempt: ++attempt, reason: unreachableReason(error, url) });
    });
    reconnectPolicy.disconnected();
    socket.connect();
  });
}

/** Disconnects, and connects again after a while. */
function stayAway(
  socket: ClientSocket,
  { reconnectPolicy, onEvent }: Membership,
  reason: string,
  afterSeconds: number,
): void {
  onEvent({ kind: 'asked-to-return', reason, afterSeconds });
  socket.disconnect();
  reconnectPolicy.reconnectAfter(afterSeconds, () => {
    socket.connect();
  });
}

type Begin = ConnectionOptions['begin'];
type Listeners = Pick<ConversationOptions, 'onGoodbye' | 'onEnd'>;

/** Begins conversations, each with the token from the one before. */
function conversations({ keepSession, session: first, ...membership }: Membership, listeners: Listeners): Begin {
  let session = first;
  const onSession = async (given: string): Promise<void> => {
    if (given !== session) {
      await keepSession?.(given);
    }
    session = given;
  };
  return (line) => startConversation({ ...membership, ...listeners, ...line, session, onSession });
}

function requireHttp(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    const message = `expected an address such as http://127.0.0.1:7070, found "${url}"`;
    throw new InvalidInput('coordinator', [{ path: '', message }]);
  }
}
