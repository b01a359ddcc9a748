/** How a client gets into a study: it says hello, is welcomed, and joins. Every check can refuse it with a reason. */

import { randomUUID } from 'node:crypto';
import { COORDINATOR } from '@gaitway/core';
import { gaitwayVersion } from '@gaitway/node';
import { createOutgoingMessage, encode, type Hello, type Join } from '@gaitway/protocol';
import { clientConnection } from '../fleet/client-connection.js';
import type { RefusalReason } from '../metrics/service-counters.js';
import type { ClientSession } from './client-session.js';
import type { StudyIdentity } from './session-context.js';
import { clientOf } from './session-state.js';
import { createUploadInbox } from './uploads.js';

/** Sends the client away unless it says hello in time. */
export function expectHello(session: ClientSession): void {
  expectWithin(session, session.context.limits.helloSeconds, 'no-hello', 'no hello');
}

/** Welcomes a client with the study, or tells it why it cannot come in. */
export function handleHello(session: ClientSession, hello: Hello): void {
  const { study, clients, hellos } = session.context;
  const { client } = hello;
  const closingMessage = study.closingMessage();
  if (closingMessage?.kind === 'refusal') {
    session.refuse('no-such-study', closingMessage.reason, client);
    return;
  }
  if (closingMessage) {
    session.transition({ kind: 'inform', name: client });
    session.send(closingMessage);
    return;
  }
  if (clientOf(session.state)) {
    session.refuse('out-of-turn', 'said hello twice');
    return;
  }
  const present = clients.client(client);
  const refusal = helloRefusal(hello, present?.sessionToken);
  if (refusal !== undefined) {
    session.refuse('name', refusal, client);
  } else if (hellos.take(client)) {
    present?.close({ reason: 'it came back on a new connection', cause: 'replaced' });
    welcome(session, hello);
  } else {
    session.postpone('returns-too-often', 'it comes back too often', client);
  }
}

/** Registers the client, and sends it the study and a session token that nobody can guess. */
function welcome(session: ClientSession, { client, gaitway, session: sessionToken = randomUUID() }: Hello): void {
  const { clients, limits, study } = session.context;
  const registered = {
    client,
    gaitway,
    sessionToken,
    send: session.send.bind(session),
    close: session.close.bind(session),
  };
  session.transition({ kind: 'welcome', client: registered });
  clients.add(registered);
  expectWithin(session, limits.joinSeconds, 'no-join', 'no join');
  session.outbox.post(createOutgoingMessage(encode({ ...study.welcome, session: sessionToken })));
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
    session.refuse('out-of-turn', isJoined ? 'joined twice' : 'expected a client to say hello before it joins');
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

/**
 * Why a client cannot come in under its name; undefined where it can.
 *
 * @param presentToken - The session token of the connected client that has the name, where there is one. A client that
 *   knows the token is the same client, back before its old connection was found to be broken.
 */
export function helloRefusal({ client, session }: Hello, presentToken: string | undefined): string | undefined {
  if (client === COORDINATOR) {
    return `the name "${COORDINATOR}" is the coordinator's own: choose another`;
  }
  if (presentToken !== undefined && session !== presentToken) {
    return `the name "${client}" is taken by a client that is connected: choose another`;
  }
  return undefined;
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
