/**
 * How a client gets into a study: it says hello, is challenged to prove its key, is welcomed, and joins. Every check can refuse
 * it with a reason.
 */

import { randomBytes } from 'node:crypto';
import { COORDINATOR } from '@gaitway/core';
import { foldedName } from '@gaitway/core/internal';
import { fingerprintOf, gaitwayVersion, isSignedBy } from '@gaitway/node';
import {
  agreedVersion,
  challengeTranscript,
  createOutgoingMessage,
  encode,
  handshakeOf,
  proofTranscript,
  UNBOUND,
  versionRefusal,
  type Hello,
  type Join,
  type Proof,
} from '@gaitway/protocol';
import { clientConnection } from '../fleet/client-connection.js';
import type { RegisteredClient } from '../fleet/client-registry.js';
import type { RefusalReason } from '../metrics/service-counters.js';
import type { ClientSession } from './client-session.js';
import type { StudyIdentity } from './session-context.js';
import { createUploadInbox } from './uploads.js';

/** Sends the client away unless it says hello in time. */
export function expectHello(session: ClientSession): void {
  expectWithin(session, session.context.limits.helloSeconds, 'no-hello', 'no hello');
}

/** Proves the coordinator's key to a client and challenges it to prove its own, or tells it that nothing is here for it. */
export function handleHello(session: ClientSession, hello: Hello): void {
  const { study, keys, limits } = session.context;
  const closingMessage = study.closingMessage();
  if (closingMessage?.kind === 'refusal') {
    session.refuse('no-such-study', closingMessage.reason);
    return;
  }
  if (session.state.kind !== 'connected') {
    session.refuse('out-of-turn', 'said hello twice');
    return;
  }
  const protocol = agreedVersion(hello);
  if (protocol === undefined) {
    session.refuse('other-version', versionRefusal(hello));
    return;
  }
  const { publicKey: key } = keys.own;
  const challenge = {
    protocol,
    key,
    nonce: randomBytes(NONCE_BYTES).toString('base64url'),
    studyDigest: study.identity.studyDigest,
  };
  const handshake = handshakeOf(hello, challenge, hello.binds ? session.channelBinding : UNBOUND);
  session.transition({ kind: 'challenge', gaitway: hello.gaitway, handshake });
  expectWithin(session, limits.helloSeconds, 'no-hello', 'no proof');
  session.send({ kind: 'challenge', ...challenge, signature: keys.own.sign(challengeTranscript(handshake)) });
}

/** Bytes of a nonce: none ever comes again. */
const NONCE_BYTES = 32;

/** Welcomes a client that has proved its key and may take part with it, or tells it why not. */
export async function handleProof(session: ClientSession, proof: Proof): Promise<void> {
  const { state, context } = session;
  if (state.kind !== 'challenged') {
    session.refuse('out-of-turn', 'expected a client to say hello, and to prove its key once');
    return;
  }
  const { client, key } = proof;
  if (!isSignedBy(key, proofTranscript(state.handshake, proof), proof.signature)) {
    session.refuse('wrong-key', 'expected a signature by the key that was named, of this challenge; found another');
    return;
  }
  if (foldedName(client) === COORDINATOR) {
    session.refuse('name', `the name "${COORDINATOR}" is the coordinator's own: choose another`, client);
    return;
  }
  session.transition({ kind: 'prove' });
  session.returnMessageToken(); // the coordinator waited for this message
  const objection = await context.keys.admit(proof).catch((): typeof UNKNOWN => UNKNOWN);
  if (session.state.kind !== 'proven') {
    return; // the connection ended meanwhile
  }
  if (objection === UNKNOWN) {
    session.postpone('keys-unreadable', 'the coordinator cannot read or store keys now', client);
  } else if (objection) {
    if (objection.isOwners) {
      context.drain.left(client);
    }
    session.refuse(objection.kind, objection.reason, client);
  } else {
    enter(session, { client, key: fingerprintOf(key), publicKey: key, gaitway: state.gaitway });
  }
}

/** It is not known whether a key may take part, for example because the disk is full. */
const UNKNOWN = 'unknown';

/** Who a client is, once it has proved its key. */
type KnownClient = Pick<RegisteredClient, 'client' | 'key' | 'publicKey' | 'gaitway'>;

/** Lets in a client whose name is its own. A connection that it has already is an old one. */
function enter(session: ClientSession, known: KnownClient): void {
  const { study, clients, silent, hellos } = session.context;
  const closingMessage = study.closingMessage();
  if (closingMessage) {
    session.transition({ kind: 'inform', name: known.client });
    session.send(closingMessage);
  } else if (silent.mustRest(known.client)) {
    session.postpone('never-answers', NEVER_ANSWERS, known.client);
  } else if (hellos.take(known.client)) {
    clients.client(known.client)?.close({ reason: 'it came back on a new connection', cause: 'replaced' });
    welcome(session, known);
  } else {
    session.postpone('returns-too-often', 'it comes back too often', known.client);
  }
}

/** Why a client has to stay away that was asked in several rounds and answered in none. */
export const NEVER_ANSWERS = 'it answered nothing before the deadline, in several rounds in a row';

/** Registers the client, and sends it the study. */
function welcome(session: ClientSession, known: KnownClient): void {
  const { clients, limits, study } = session.context;
  const registered = {
    ...known,
    send: session.send.bind(session),
    close: session.close.bind(session),
    refuse: session.refuse.bind(session),
    postpone: session.postpone.bind(session),
  };
  session.transition({ kind: 'welcome', client: registered });
  clients.add(registered);
  expectWithin(session, limits.joinSeconds, 'no-join', 'no join');
  session.outbox.post(createOutgoingMessage(encode(study.welcome)));
}

/**
 * Lets a welcomed client join: from then on it can be given tasks.
 *
 * @param onMessage - Called with the bytes of each large message of the client
 */
export function handleJoin(session: ClientSession, join: Join, onMessage: (bytes: Uint8Array) => void): void {
  const { state, context, outbox } = session;
  if (state.kind !== 'welcomed') {
    const isJoined = state.kind === 'joined';
    session.refuse('out-of-turn', isJoined ? 'joined twice' : 'expected a client to be welcomed before it joins');
    return;
  }
  const { client, gaitway } = state.client;
  const refusal = joinRefusal(join, context.study.identity);
  if (refusal !== undefined) {
    const versions = `Gaitway ${gaitway} at the client, ${gaitwayVersion} at the coordinator`;
    session.refuse('other-study', `${refusal} (${versions}: both need the same)`);
    return;
  }
  session.cancelDeadline();
  const tasks = clientConnection({ client, encodeTask: context.study.encodeTask, outbox });
  session.transition({ kind: 'join', tasks, inbox: createUploadInbox(session, client, tasks, onMessage) });
  context.drain.joined(client);
  session.send({ kind: 'joined' });
  context.counters.joined();
  context.onEvent({ kind: 'joined', client, ...(join.windows !== undefined && { windows: join.windows }) });
  context.clients.join(state.client, tasks);
}

/** Sends the client away, for a while, unless its next step comes in time. */
function expectWithin(session: ClientSession, seconds: number, reason: RefusalReason, missing: string): void {
  session.setDeadline(seconds, () => {
    session.postpone(reason, `${missing} came within ${seconds} seconds`);
  });
}

/** Why a client's study is not the same as the coordinator's, from which it came; undefined where it is the same. */
export function joinRefusal(join: Join, expected: StudyIdentity): string | undefined {
  const differing = differingStage(join.layoutDigests, expected.layoutDigests);
  if (differing !== undefined) {
    return `the network of stage "${differing}" has another layout at the client`;
  }
  if (join.studyDigest !== expected.studyDigest) {
    return `expected the study with digest ${expected.studyDigest}, the client reads it as ${join.studyDigest}`;
  }
  return undefined;
}

function differingStage(found: Join['layoutDigests'], expected: Join['layoutDigests']): string | undefined {
  const stages = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return stages.find((stage) => found[stage] !== expected[stage]);
}
