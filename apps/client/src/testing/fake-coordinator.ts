/** A coordinator that says only what a test tells it to, and keeps what it hears. */

import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parseStudy, studyDigest, type Study } from '@gaitway/core';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import {
  decodeFromClient,
  encode,
  socketParser,
  type FromClient,
  type FromCoordinator,
  type Welcome,
} from '@gaitway/protocol';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import { onTestFinished } from 'vitest';

export const smallStudy: Study = parseStudy({ ...minimalStudy, ...tiny, stages: 'supervised' });

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
  /** The next message, which must be of that kind. */
  hear<K extends FromClient['kind']>(kind: K): Promise<Heard<K>>;
  /** The extensions of WebSockets that both sides agreed to. */
  readonly extensions: string;
  /** Resolves when the client is gone. */
  readonly gone: Promise<void>;
  /** Breaks the connection without a word. */
  destroy(): void;
  /** Ends the connection in good order. */
  hangUp(): void;
}

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

/** One that compresses what it sends to clients that agree to it. */
export function compressingCoordinator(): Promise<FakeCoordinator> {
  return coordinatorWith({ parser: socketParser, perMessageDeflate: { threshold: 0 }, httpCompression: true }, 0);
}

/** One from before protocol 3, which speaks the text of socket.io. */
export function earlierCoordinator(): Promise<FakeCoordinator> {
  return coordinatorWith({}, 0);
}

async function coordinatorWith(options: Partial<ServerOptions>, port: number): Promise<FakeCoordinator> {
  const http = createServer();
  const server = new Server(http, { serveClient: false, ...options });
  const connections = inbox<FakeConnection>();
  server.on('connection', (socket) => {
    connections.put(connectionOf(socket));
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const close = (): Promise<void> => server.close();
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, nextConnection: connections.take, close };
}

function connectionOf(socket: Socket): FakeConnection {
  const messages = inbox<FromClient>();
  socket.on('message', (frame: unknown) => {
    messages.put(decodeFromClient(frame));
  });
  return {
    say: (message) => {
      socket.emit('message', encode(message));
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
    hear: async (kind) => {
      const message = await messages.take();
      if (message.kind !== kind) {
        throw new Error(`expected ${kind}, heard ${JSON.stringify(message)}`);
      }
      return message as Heard<typeof kind>;
    },
    extensions: (socket.conn.transport as unknown as { readonly socket: { readonly extensions: string } }).socket
      .extensions,
    gone: once(socket, 'disconnect').then(() => undefined),
    destroy: () => {
      socket.conn.close(true);
    },
    hangUp: () => {
      socket.disconnect(true);
    },
  };
}

export async function welcomeTo(study: Study, changes: Partial<Welcome> = {}): Promise<Welcome> {
  const plain = JSON.parse(JSON.stringify(study)) as unknown;
  const digest = await studyDigest(study);
  return { kind: 'welcome', study: plain, studyDigest: digest, normalisation: null, session: 's1', ...changes };
}

/** Lets the next client in. */
export async function letIn(coordinator: FakeCoordinator, welcome: Welcome): Promise<FakeConnection> {
  const connection = await coordinator.nextConnection();
  await connection.hear('hello');
  connection.say(welcome);
  await connection.hear('join');
  connection.say({ kind: 'joined' });
  return connection;
}

interface Inbox<T> {
  put(item: T): void;
  take: () => Promise<T>;
}

function inbox<T>(): Inbox<T> {
  const items: T[] = [];
  let wake = (): void => undefined;
  return {
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
