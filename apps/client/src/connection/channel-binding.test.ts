import { isSignedBy, transientIdentity } from '@gaitway/node';
import {
  decodeFromCoordinator,
  encode,
  handshakeOf,
  proofTranscript,
  socketParser,
  UNBOUND,
  type FromClient,
} from '@gaitway/protocol';
import { selfSigned } from '@gaitway/protocol/testing/self-signed';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { io } from 'socket.io-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { challengeFor, coordinatorKeys, secureCoordinator } from '../testing/fake-coordinator.js';
import { createHandshakes } from './handshake.js';
import { bindingOf, type ClientSocket } from './open-connection.js';
import { FaultTolerantWebSocket } from './transports.js';

/**
 * Shakes hands over TLS, and takes any certificate: somebody in between is found by the binding alone.
 *
 * @returns why no proof was given; undefined once one was
 */
async function shakeHands(url: string): Promise<unknown> {
  const transports = [FaultTolerantWebSocket];
  const socket: ClientSocket = io(url, { forceNew: true, parser: socketParser, transports, rejectUnauthorized: false });
  onTestFinished(() => {
    socket.disconnect();
  });
  const handshakes = createHandshakes('ann', { ...transientIdentity(), coordinator: coordinatorKeys.fingerprint });
  const say = (message: FromClient): void => {
    socket.emit('message', encode(message));
  };
  return new Promise((resolve) => {
    socket.on('connect', () => {
      say(handshakes.begin(bindingOf(socket)));
    });
    socket.on('message', (frame: unknown) => {
      const challenge = decodeFromCoordinator(frame);
      if (challenge.kind === 'challenge') {
        handshakes.answer(challenge).then((proof) => {
          say(proof);
          resolve(undefined);
        }, resolve);
      }
    });
  });
}

/** Somebody who ends the TLS of a client and passes everything on in another TLS channel. */
async function openRelay(target: string): Promise<string> {
  const relay = createServer(selfSigned, (client) => {
    const server = connect({ port: Number(new URL(target).port), rejectUnauthorized: false });
    client.pipe(server).pipe(client);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  onTestFinished(() => {
    relay.close();
  });
  return `https://127.0.0.1:${(relay.address() as AddressInfo).port}`;
}

describe('a client with TLS', () => {
  it.each([
    ['to its channel, and ties its own to it', true],
    ['to none, as a coordinator behind a proxy does, and ties its own to none', false],
  ])('takes a signature that is tied %s', async (_, isTied) => {
    const coordinator = await secureCoordinator();
    const shaken = shakeHands(coordinator.url);
    const connection = await coordinator.nextConnection();
    const hello = await connection.hear('hello');
    expect(hello.binds).toBe(true);
    expect(connection.binding()).toMatch(/^[\w-]{43}$/);
    const binding = isTied ? connection.binding() : UNBOUND;
    const challenge = await challengeFor(hello, { binding });
    connection.say(challenge);
    const proof = await connection.hear('proof');
    const transcript = proofTranscript(handshakeOf(hello, challenge, binding), proof);
    expect(isSignedBy(proof.key, transcript, proof.signature)).toBe(true);
    expect(await shaken).toBeUndefined();
  });

  const stranger = new Error(
    `expected a signature by the key ${coordinatorKeys.fingerprint}, of this connection; found another`,
  );

  it('tells nothing through somebody who passes on what its coordinator ties to another channel', async () => {
    const coordinator = await secureCoordinator();
    const shaken = shakeHands(await openRelay(coordinator.url));
    const connection = await coordinator.nextConnection();
    connection.say(await challengeFor(await connection.hear('hello'), { binding: connection.binding() }));
    expect(await shaken).toMatchObject({ message: stranger.message });
  });

  it('tells nothing through somebody who asks the coordinator for a signature that is tied to none', async () => {
    const coordinator = await secureCoordinator();
    const shaken = shakeHands(coordinator.url);
    const connection = await coordinator.nextConnection();
    connection.say(await challengeFor({ ...(await connection.hear('hello')), binds: false }));
    expect(await shaken).toMatchObject({ message: stranger.message });
  });
});
