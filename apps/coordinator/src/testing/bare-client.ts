/** A client that says only what a test tells it to, and keeps what it hears. */

import {
  createInbox,
  createOutbox,
  createOutgoingMessage,
  createReassemblyBuffer,
  decodeFromCoordinator,
  encode,
  handshakeOf,
  isTransfer,
  layoutDigests,
  parameterCache,
  proofTranscript,
  receivedTask,
  socketParser,
  takeTransfer,
  UNBOUND,
  versionOffer,
} from '@gaitway/protocol';
import type {
  Challenge,
  FromClient,
  FromCoordinator,
  Hello,
  Join,
  Proof,
  SentTask,
  TaskMessage,
} from '@gaitway/protocol';
import { studyDigest, type Study, type Task } from '@gaitway/core';
import { createKeyPair, type KeyPair } from '@gaitway/node';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { io } from 'socket.io-client';

type Kind = FromCoordinator['kind'];
type Heard<K extends Kind> = Extract<FromCoordinator, { readonly kind: K }>;

export interface BareClient {
  say(message: FromClient): void;
  /** Says hello and proves that it is a client of that name. */
  introduce(client: string, options?: Introduction): Promise<void>;
  /** Sends bytes as a message. */
  sendRaw(message: Uint8Array): void;
  /** Sends bytes, or text, as they are. */
  sendDamaged(frame: string | Uint8Array): void;
  /** The next message, which must be of that kind. */
  hear<K extends Kind>(kind: K): Promise<Heard<K>>;
  /** The next message, which must be a task: as it was sent, and with its parameters. */
  hearTask(): Promise<{ readonly id: number; readonly sent: SentWork; readonly task: Work }>;
  /** Resolves when the connection is gone. */
  readonly gone: Promise<void>;
  /** Bytes of all messages in both directions, as this side counts them. */
  bytes(): { readonly sent: number; readonly heard: number };
  /** The stream under the WebSocket. */
  stream(): Socket;
  /** Ends the connection of its own accord. */
  leave(): void;
  /** Breaks the connection without a word. */
  destroy(): void;
}

/** A task with parameters. */
type Work = Exclude<Task, { readonly kind: 'aggregation' }>;
type SentWork = Exclude<SentTask, { readonly kind: 'aggregation' }>;

export interface Introduction {
  /** The client's keys. Absent: always the same for a name. */
  readonly keys?: KeyPair;
  readonly code?: string;
  /** Version of the client's Gaitway. */
  readonly gaitway?: string;
}

/** @param path - Of the sockets, where a study is not at the root */
export async function connectBare(url: string, path = '/socket.io'): Promise<BareClient> {
  const socket = io(url, {
    path,
    forceNew: true,
    reconnection: false,
    transports: ['websocket'],
    parser: socketParser,
    rejectUnauthorized: false, // tests of TLS have a certificate that signed itself
  });
  const heardMessages: FromCoordinator[] = [];
  const memory = parameterCache<Promise<Float32Array>>();
  const tasks = new Map<TaskMessage, Promise<Task>>();
  let wake = (): void => undefined;
  let sent = 0;
  let heard = 0;
  let handMade = false; // what the test offers by itself, nobody else goes on with
  const sendBytes = (message: Uint8Array): void => {
    sent += message.length;
    socket.emit('message', message);
  };
  const outbox = createOutbox({ emit: sendBytes, now: () => performance.now() });
  const inbox = createInbox({
    reassembly: createReassemblyBuffer(),
    emit: sendBytes,
    onMessage: (message) => {
      take(decodeFromCoordinator(message));
    },
  });
  const take = (message: FromCoordinator): void => {
    if (!isTransfer(message)) {
      if (message.kind === 'task') {
        const task = receivedTask(message.task, memory);
        task.catch(() => undefined); // A test that wants the parameters hears of it.
        tasks.set(message, task);
      }
      heardMessages.push(message);
      wake();
      return;
    }
    takeTransfer(message, inbox, handMade ? { acknowledge: () => false } : outbox);
  };
  socket.on('message', (frame: Uint8Array) => {
    heard += frame.length;
    take(decodeFromCoordinator(frame));
  });
  const gone = new Promise<void>((resolve) =>
    socket.once('disconnect', () => {
      resolve();
    }),
  );
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const hear = async <K extends Kind>(kind: K): Promise<Heard<K>> => {
    while (heardMessages.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const message = heardMessages.shift();
    if (message?.kind !== kind) {
      throw new Error(`expected ${kind}, heard ${JSON.stringify(message)}`);
    }
    return message as Heard<K>;
  };
  const say = (message: FromClient): void => {
    outbox.post(createOutgoingMessage(encode(message)));
  };
  return {
    introduce: async (client, { keys = keysOf(client), code, gaitway }: Introduction = {}) => {
      const first = hello(gaitway === undefined ? {} : { gaitway });
      say(first);
      say(proofOf(first, await hear('challenge'), { client, keys, ...(code !== undefined && { code }) }));
    },
    sendRaw: (message) => {
      handMade = true;
      sendBytes(message);
    },
    sendDamaged: (frame) => {
      socket.io.engine.write(frame);
    },
    say,
    hear,
    hearTask: async () => {
      const message = await hear('task');
      return { id: message.id, sent: message.task as SentWork, task: (await tasks.get(message)!) as Work };
    },
    gone,
    bytes: () => ({ sent, heard }),
    stream: () => {
      const { ws } = socket.io.engine.transport as unknown as { readonly ws: { readonly _socket: Socket } };
      return ws._socket;
    },
    leave: () => {
      socket.disconnect();
    },
    destroy: () => {
      socket.io.engine.close();
    },
  };
}

export function hello(changes: Partial<Hello> = {}): Hello {
  const nonce = randomBytes(32).toString('base64url');
  return { kind: 'hello', ...versionOffer, gaitway: '0.1.0', nonce, binds: false, ...changes };
}

const knownKeys = new Map<string, KeyPair>();

/** The keys of the client of a name, the same in all of a test file. */
export function keysOf(client: string): KeyPair {
  const keys = knownKeys.get(client) ?? createKeyPair();
  knownKeys.set(client, keys);
  return keys;
}

interface Claimed {
  readonly client: string;
  /** What the proof is tied to. Absent: nothing. */
  readonly binding?: string;
}

/** The proof that a client makes for a challenge. */
export function proofOf(
  first: Hello,
  challenge: Challenge,
  { client, keys = keysOf(client), code, binding = UNBOUND }: Introduction & Claimed,
): Proof {
  const claim = { client, key: keys.publicKey, ...(code !== undefined && { code }) };
  const signature = keys.sign(proofTranscript(handshakeOf(first, challenge, binding), claim));
  return { kind: 'proof', ...claim, signature };
}

export async function joinOf(study: Study, changes: Partial<Join> = {}): Promise<Join> {
  const read = { studyDigest: await studyDigest(study), layoutDigests: await layoutDigests(study) };
  return { kind: 'join', ...read, ...changes };
}

/** A client that has joined. */
export async function joinBare(
  url: string,
  study: Study,
  client: string,
  introduction: Introduction = {},
): Promise<BareClient> {
  const bare = await connectBare(url);
  await bare.introduce(client, introduction);
  await bare.hear('welcome');
  bare.say(await joinOf(study));
  await bare.hear('joined');
  return bare;
}
