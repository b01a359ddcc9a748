/** A coordinator that says only what a test tells it to, and keeps what it hears. */

import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createSecureServer, Server as HttpsServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parseStudy, studyDigest, type Study } from '@gaitway/core';
import { minimalStudy, quickStage, tiny } from '@gaitway/core/testing/studies';
import {
  challengeTranscript,
  decodeFromClient,
  encode,
  handshakeOf,
  PROTOCOL_VERSION,
  socketParser,
  type Challenge,
  type FromClient,
  type FromCoordinator,
  type Hello,
  type Proof,
  UNBOUND,
  versionOffer,
  type Welcome,
} from '@gaitway/protocol';
import { channelBinding, createKeyPair } from '@gaitway/node';
import { randomBytes } from 'node:crypto';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import { selfSigned } from '@gaitway/protocol/testing/self-signed';
import { onTestFinished } from 'vitest';

export const smallStudy: Study = parseStudy({
  ...minimalStudy,
  ...tiny,
  stages: ['echo', 'wait', 'fail'].map(quickStage),
});

/** Parameters of its stages. */
export const smallParameters = new Float32Array(8).fill(1);

type Heard<K extends FromClient['kind']> = Extract<FromClient, { readonly kind: K }>;

/** One connection of a client. */
export interface FakeConnection {
  say(message: FromCoordinator): void;
  /** Sends bytes as a message. */
  sendRaw(message: Uint8Array): void;
  /** Sends bytes, or text, as they are. */
  sendDamaged(frame: string | Uint8Array): void;
  /** Sends what a heartbeat becomes when a bit of it changes: an opening that says nothing. */
  sendOpening(): void;
  /** Answers the client's hello with a challenge, and hears its proof. */
  meet(options?: Meeting): Promise<Proof>;
  /** The next message, which must be of that kind. */
  hear<K extends FromClient['kind']>(kind: K): Promise<Heard<K>>;
  /** Whether a message has come that nobody has heard. */
  heardMore(): boolean;
  /** What this side's end of the TLS channel knows. */
  binding(): string;
  /** The extensions of WebSockets that both sides agreed to. */
  readonly extensions: string;
  /** Resolves when the client is gone. */
  readonly gone: Promise<void>;
  /** Breaks the connection without a word. */
  destroy(): void;
  /** Ends the connection in good order. */
  hangUp(): void;
}

export interface Meeting {
  /** What it signs the challenge with. Absent: always the same. */
  readonly keys?: typeof coordinatorKeys;
  readonly studyDigest?: string;
  /** What it ties the signature to. Absent: nothing. */
  readonly binding?: string;
}

/** The keys of all fake coordinators. */
export const coordinatorKeys = createKeyPair();

export interface FakeCoordinator {
  readonly url: string;
  /** The next connection. */
  nextConnection(): Promise<FakeConnection>;
  close(): Promise<void>;
}

/** Listens on a port of this machine until the end of the test. */
export function fakeCoordinator(port = 0): Promise<FakeCoordinator> {
  return coordinatorWith({ parser: socketParser }, port);
}

/** One with TLS, and a certificate that nobody has to trust. */
export function secureCoordinator(): Promise<FakeCoordinator> {
  return coordinatorWith({ parser: socketParser }, 0, createSecureServer(selfSigned));
}

/** One that compresses what it sends to clients that agree to it. */
export function compressingCoordinator(): Promise<FakeCoordinator> {
  return coordinatorWith({ parser: socketParser, perMessageDeflate: { threshold: 0 }, httpCompression: true }, 0);
}

/** One from before protocol 3, which speaks the text of socket.io. */
export function earlierCoordinator(): Promise<FakeCoordinator> {
  return coordinatorWith({}, 0);
}

async function coordinatorWith(
  options: Partial<ServerOptions>,
  port: number,
  http: HttpServer | HttpsServer = createServer(),
): Promise<FakeCoordinator> {
  const server = new Server(http, { serveClient: false, ...options });
  const connections = inbox<FakeConnection>();
  server.on('connection', (socket) => {
    connections.put(connectionOf(socket));
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const close = (): Promise<void> => server.close();
  onTestFinished(close);
  const scheme = http instanceof HttpsServer ? 'https' : 'http';
  return {
    url: `${scheme}://127.0.0.1:${(http.address() as AddressInfo).port}`,
    nextConnection: connections.take,
    close,
  };
}

function connectionOf(socket: Socket): FakeConnection {
  const messages = inbox<FromClient>();
  socket.on('message', (frame: unknown) => {
    messages.put(decodeFromClient(frame));
  });
  const say = (message: FromCoordinator): void => {
    socket.emit('message', encode(message));
  };
  const gone = once(socket, 'disconnect').then(() => undefined);
  const hear = async <K extends FromClient['kind']>(kind: K): Promise<Heard<K>> => {
    const message = await Promise.race([messages.take(), gone]);
    if (!message) {
      throw new Error(`expected ${kind}, but the client is gone`);
    }
    if (message.kind !== kind) {
      throw new Error(`expected ${kind}, heard ${JSON.stringify(message)}`);
    }
    return message as Heard<K>;
  };
  return {
    say,
    meet: async (meeting = {}) => {
      say(await challengeFor(await hear('hello'), meeting));
      return hear('proof');
    },
    sendRaw: (message) => {
      socket.emit('message', message);
    },
    sendDamaged: (frame) => {
      socket.conn.write(frame);
    },
    sendOpening: () => {
      socket.conn.transport.send([{ type: 'open', options: { compress: false } }]);
    },
    hear,
    heardMore: () => messages.size() > 0,
    binding: () => channelBinding(socket.request.socket),
    extensions: (socket.conn.transport as unknown as { readonly socket: { readonly extensions: string } }).socket
      .extensions,
    gone,
    destroy: () => {
      socket.conn.close(true);
    },
    hangUp: () => {
      socket.disconnect(true);
    },
  };
}

/** The challenge of a coordinator that serves the small study. */
export async function challengeFor(
  { nonce, binds = false, ...offered }: Pick<Hello, 'nonce'> & Partial<Hello>,
  { keys = coordinatorKeys, studyDigest: signed, binding = UNBOUND }: Meeting = {},
): Promise<Challenge> {
  const challenge = {
    protocol: PROTOCOL_VERSION,
    key: keys.publicKey,
    nonce: randomBytes(32).toString('base64url'),
    studyDigest: signed ?? (await studyDigest(smallStudy)),
  };
  const signature = keys.sign(
    challengeTranscript(handshakeOf({ ...versionOffer, ...offered, nonce, binds }, challenge, binding)),
  );
  return { kind: 'challenge', ...challenge, signature };
}

export async function welcomeTo(study: Study, changes: Partial<Welcome> = {}): Promise<Welcome> {
  const plain = JSON.parse(JSON.stringify(study)) as unknown;
  const digest = await studyDigest(study);
  return { kind: 'welcome', study: plain, studyDigest: digest, normalisation: null, ...changes };
}

/** Lets the next client in. */
export async function letIn(coordinator: FakeCoordinator, welcome: Welcome): Promise<FakeConnection> {
  const connection = await coordinator.nextConnection();
  await connection.meet({ studyDigest: welcome.studyDigest });
  connection.say(welcome);
  await connection.hear('join');
  connection.say({ kind: 'joined' });
  return connection;
}

interface Inbox<T> {
  size(): number;
  put(item: T): void;
  take: () => Promise<T>;
}

function inbox<T>(): Inbox<T> {
  const items: T[] = [];
  let wake = (): void => undefined;
  return {
    size: () => items.length,
    put: (item) => {
      items.push(item);
      wake();
    },
    take: async () => {
      for (;;) {
        const item = items.shift();
        if (item !== undefined) {
          return item;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
