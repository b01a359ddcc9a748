/** Takes part in a federated study, from the first connection to the coordinator's goodbye. */

import { InvalidInput, StudyStopped } from '@gaitway/core';
import { untilAborted } from '@gaitway/core/internal';
import { type ClientIdentity, transientIdentity } from '@gaitway/node';
import { type Goodbye, socketParser } from '@gaitway/protocol';
import { io } from 'socket.io-client';
import type { AvailabilityWatch } from './availability/availability.js';
import type { ClientEvent } from './client-event.js';
import { converse } from './connection/conversations.js';
import { networkOptions } from './connection/network-options.js';
import { createReconnectPolicy } from './connection/reconnect-policy.js';
import { createHandshakes } from './connection/handshake.js';
import type { Ledger } from './ledger/ledger.js';
import { defaultPolicy, type SitePolicy } from './policy/site-policy.js';
import {
  preparationCache,
  type Prepare,
  type PreparationCache,
  type StudyOffer,
} from './tasks/prepared-participant.js';
import type { ClientSocket } from './connection/open-connection.js';
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
  /** Makes the participant for a study, once. */
  readonly prepare: Prepare;
  /** What a study may ask of this client. Absent: the default policy. */
  readonly policy?: SitePolicy;
  /** Whether this client takes tasks. Absent: it always does. */
  readonly availability?: AvailabilityWatch;
  /** By which both sides know each other again. Absent: a key that lasts until the end of this call. */
  readonly identity?: ClientIdentity;
  /** Records each message before it leaves; where it throws, nothing leaves and the client ends. */
  readonly record?: Ledger['record'];
  /** Seconds without a connection after which the client ends. Absent: it never gives up. */
  readonly giveUpAfterSeconds?: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ClientEvent) => void;
}

/** How a study ended for a client: after its last round, or before. */
export type StudyEnding = 'finished' | 'dismissed';

/**
 * Takes part in a study until the coordinator says goodbye. When the connection breaks or cannot be made, the client tries
 * again, with pauses that grow and vary, until `signal` aborts or `giveUpAfterSeconds` are over. So it does where somebody
 * answers who does not prove to be its coordinator. The coordinator knows the client again, and work on a task goes on
 * meanwhile. Rejects with whatever `prepare` threw.
 *
 * @throws StudyStopped when it gives up
 * @throws JoinRefused with the coordinator's reason
 * @throws StudyRefused when the policy does not allow the study, or it is no longer the one that this client agreed to
 * @throws InvalidInput when the URL or that of a proxy in the environment is invalid, or the coordinator sends a study that cannot be read
 * @throws MessageRefused when the coordinator sends anything but messages
 */
export async function joinStudy({
  prepare,
  policy = defaultPolicy,
  identity = transientIdentity(),
  ...membership
}: JoinStudyOptions): Promise<StudyEnding> {
  const member = { client: membership.client, signer: identity.keys };
  const { finished } = await takePart({ ...membership, identity }, preparationCache(prepare, policy, member));
  return finished ? 'finished' : 'dismissed';
}

/**
 * Connects, gets the study and leaves without joining. Rejects as {@link joinStudy} does.
 *
 * @throws StudyStopped when the coordinator ends the study before it shows it
 */
export async function offeredStudy({
  signal,
  ...visit
}: Omit<JoinStudyOptions, 'prepare' | 'policy'>): Promise<StudyOffer> {
  const seen = new AbortController();
  let offered: StudyOffer | undefined;
  const visitor: PreparationCache = {
    preparationFor: (offer) => {
      offered = offer;
      seen.abort();
      return new Promise(() => undefined);
    },
    dispose: () => Promise.resolve(),
  };
  await takePart({ ...visit, signal: AbortSignal.any([signal, seen.signal]) }, visitor).catch((error: unknown) => {
    if (!offered) {
      throw error;
    }
  });
  if (!offered) {
    throw new StudyStopped('the coordinator ended it before it showed it');
  }
  return offered;
}

/** Talks to the coordinator until its goodbye. */
async function takePart(
  options: Omit<JoinStudyOptions, 'prepare' | 'policy'>,
  preparations: PreparationCache,
): Promise<Goodbye> {
  const { url, ca, client, identity = transientIdentity(), signal } = options;
  requireHttp(url);
  const handshakes = createHandshakes(client, identity);
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
    giveUpAfterSeconds: options.giveUpAfterSeconds,
    onGiveUp: (error) => {
      givenUp.abort(error);
    },
  });
  try {
    const conversing = (): Promise<Goodbye> =>
      converse(socket, { ...options, handshakes, preparations, reconnectPolicy });
    return await untilAborted(conversing, AbortSignal.any([signal, givenUp.signal]));
  } finally {
    socket.disconnect();
    reconnectPolicy.cancel();
    await preparations.dispose();
  }
}

function requireHttp(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    const message = `expected an address such as http://127.0.0.1:7070, found "${url}"`;
    throw new InvalidInput('coordinator', [{ path: '', message }]);
  }
}
