import { contractParticipant } from '@gaitway/core/testing/contract-participant';
import { isSignedBy, transientIdentity } from '@gaitway/node';
import { handshakeOf, proofTranscript, UNBOUND } from '@gaitway/protocol';
import { selfSigned } from '@gaitway/protocol/testing/self-signed';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { challengeFor, coordinatorKeys, secureCoordinator } from '../testing/fake-coordinator.js';
import { joinAs, type Member } from '../testing/member.js';

beforeEach(() => {
  // The client takes any certificate here: somebody in between is found by the binding alone.
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  return () => {
    vi.unstubAllEnvs();
  };
});

function joinTrusting(url: string): Member {
  return joinAs(url, contractParticipant, {
    identity: { ...transientIdentity(), coordinator: coordinatorKeys.fingerprint },
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
  it('takes a signature that is tied to its channel, and ties its own', async () => {
    const coordinator = await secureCoordinator();
    joinTrusting(coordinator.url);
    const connection = await coordinator.nextConnection();
    const hello = await connection.hear('hello');
    expect(hello.binds).toBe(true);
    const channel = connection.channel();
    expect(channel).toMatch(/^[\w-]{43}$/);
    const challenge = await challengeFor(hello, { channel });
    connection.say(challenge);
    const proof = await connection.hear('proof');
    const transcriptOf = (tiedTo: string): string => proofTranscript(handshakeOf(hello, challenge, tiedTo), proof);
    expect(isSignedBy(proof.key, transcriptOf(channel), proof.signature)).toBe(true);
    expect(isSignedBy(proof.key, transcriptOf(UNBOUND), proof.signature)).toBe(false);
  });

  it('takes a signature that is tied to none, as a coordinator behind a proxy makes it', async () => {
    const coordinator = await secureCoordinator();
    joinTrusting(coordinator.url);
    const connection = await coordinator.nextConnection();
    const hello = await connection.hear('hello');
    const challenge = await challengeFor(hello, { channel: UNBOUND });
    connection.say(challenge);
    const proof = await connection.hear('proof');
    expect(isSignedBy(proof.key, proofTranscript(handshakeOf(hello, challenge, UNBOUND), proof), proof.signature)).toBe(true);
  });

  it('tells nothing through somebody who passes on what its coordinator ties to another channel', async () => {
    const coordinator = await secureCoordinator();
    const member = joinTrusting(await openRelay(coordinator.url));
    const connection = await coordinator.nextConnection();
    connection.say(await challengeFor(await connection.hear('hello'), { channel: connection.channel() }));
    expect((await member.event('unproven')).reason).toContain('of this connection; found another');
    await expect(connection.hear('proof')).rejects.toThrow('the client is gone');
  });

  it('tells nothing through somebody who asks the coordinator for a signature that is tied to none', async () => {
    const coordinator = await secureCoordinator();
    const member = joinTrusting(coordinator.url);
    const connection = await coordinator.nextConnection();
    const hello = await connection.hear('hello');
    connection.say(await challengeFor({ ...hello, binds: false }));
    expect((await member.event('unproven')).reason).toContain('of this connection; found another');
  });
});
