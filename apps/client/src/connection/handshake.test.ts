import { contractParticipant } from '@gaitway/core/testing/contract-participant';
import { createKeyPair, transientIdentity, type ClientIdentity } from '@gaitway/node';
import { MessageRefused, PROTOCOL_VERSION } from '@gaitway/protocol';
import { describe, expect, it } from 'vitest';
import {
  challengeFor,
  coordinatorKeys,
  fakeCoordinator,
  letIn,
  smallStudy,
  welcomeTo,
  type FakeConnection,
} from '../testing/fake-coordinator.js';
import { joinAs, type Member } from '../testing/member.js';
import { JoinRefused } from './conversation.js';
import { UnknownCoordinator } from './handshake.js';

const goodbye = { kind: 'goodbye', reason: 'done', finished: true } as const;
const stranger = createKeyPair();

/** A client that trusts the fake coordinators. */
function joinTrusting(url: string, changes: Partial<ClientIdentity> = {}): Member {
  const identity = { ...transientIdentity(), coordinator: coordinatorKeys.fingerprint, ...changes };
  return joinAs(url, contractParticipant, { identity });
}

/** Why a client goes away without having said who it is. */
async function unproven(member: Member, connection: FakeConnection): Promise<string> {
  const { reason } = await member.event('unproven');
  await connection.gone;
  await expect(connection.hear('proof')).rejects.toThrow('the client is gone');
  return reason;
}

describe('a client that trusts a coordinator', () => {
  it('tells nothing to another one, and comes back for its own', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinTrusting(coordinator.url);
    const connection = await coordinator.nextConnection();
    connection.say(await challengeFor(await connection.hear('hello'), { keys: stranger }));
    expect(await unproven(member, connection)).toBe(
      `expected the coordinator with the key ${coordinatorKeys.fingerprint}, ` +
        `found one with the key ${stranger.fingerprint}`,
    );
    (await letIn(coordinator, await welcomeTo(smallStudy))).say(goodbye);
    expect(await member.ending).toBe('finished');
  });

  it('tells nothing to somebody who shows its key and cannot sign with it', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinTrusting(coordinator.url);
    const connection = await coordinator.nextConnection();
    const challenge = await challengeFor(await connection.hear('hello'), { keys: stranger });
    connection.say({ ...challenge, key: coordinatorKeys.publicKey });
    expect(await unproven(member, connection)).toContain('expected a signature by the key');
  });

  it('tells nothing to somebody who repeats what its coordinator said on another connection', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinTrusting(coordinator.url);
    const connection = await coordinator.nextConnection();
    await connection.hear('hello');
    connection.say(await challengeFor({ nonce: 'A'.repeat(43) }));
    expect(await unproven(member, connection)).toContain('of this connection; found another');
  });

  const changes = { protocol: PROTOCOL_VERSION + 1, oldest: PROTOCOL_VERSION - 1 };

  it.each(Object.entries(changes))(
    'tells nothing where somebody on the way changed "%s" of its offer',
    async (key, value) => {
      const coordinator = await fakeCoordinator();
      const member = joinTrusting(coordinator.url);
      const connection = await coordinator.nextConnection();
      connection.say(await challengeFor({ ...(await connection.hear('hello')), [key]: value }));
      expect(await unproven(member, connection)).toContain('of this connection; found another');
    },
  );

  it('tells nothing where somebody on the way changed the version that both agreed on', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinTrusting(coordinator.url);
    const connection = await coordinator.nextConnection();
    const challenge = await challengeFor(await connection.hear('hello'));
    connection.say({ ...challenge, protocol: PROTOCOL_VERSION - 1 });
    expect(await unproven(member, connection)).toContain('which this client offered, found 5');
  });

  const strangers: readonly (readonly [string, (connection: FakeConnection) => Promise<void> | void, string])[] = [
    ['refuses it', (line) => { line.say({ kind: 'refusal', reason: 'go home' }); }, 'go home'],
    ['says that all is finished', (line) => { line.say(goodbye); }, 'the coordinator sent "goodbye" before it proved its key'],
    ['welcomes it at once', async (line) => { line.say(await welcomeTo(smallStudy)); }, 'sent "welcome" before it proved'],
    ['speaks another language', (line) => { line.sendRaw(Uint8Array.of(1, 2, 3)); }, '2 bytes follow its end'],
    ['hangs up', (line) => { line.hangUp(); }, 'the coordinator ended the connection'],
  ]; // prettier-ignore

  it.each(strangers)('is not sent home by somebody in its place who %s', async (_, act, reason) => {
    const coordinator = await fakeCoordinator();
    const member = joinTrusting(coordinator.url);
    await act(await coordinator.nextConnection());
    expect((await member.event('unproven')).reason).toContain(reason);
    expect(await Promise.race([member.ending, Promise.resolve('still here')])).toBe('still here');
  });

  it('is sent home by its own', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinTrusting(coordinator.url);
    const connection = await coordinator.nextConnection();
    await connection.meet();
    connection.say({ kind: 'refusal', reason: 'the key of "ann" is revoked' });
    await expect(member.ending).rejects.toThrow(new JoinRefused('the key of "ann" is revoked'));
  });
});

describe('a client that knows no coordinator yet', () => {
  it('trusts the first one, also on later connections, and keeps that before it says who it is', async () => {
    const coordinator = await fakeCoordinator();
    const kept: string[] = [];
    const onCoordinator = (fingerprint: string): Promise<void> => {
      kept.push(fingerprint);
      return Promise.resolve();
    };
    const member = joinAs(coordinator.url, contractParticipant, {
      identity: { ...transientIdentity(), onCoordinator },
    });
    const first = await coordinator.nextConnection();
    await first.meet();
    expect(kept).toEqual([coordinatorKeys.fingerprint]);
    first.destroy();
    const second = await coordinator.nextConnection();
    second.say(await challengeFor(await second.hear('hello'), { keys: stranger }));
    expect(await unproven(member, second)).toContain(`found one with the key ${stranger.fingerprint}`);
    expect(kept).toHaveLength(1);
  });

  it('says nothing where it cannot keep whom it trusts', async () => {
    const coordinator = await fakeCoordinator();
    const onCoordinator = (): Promise<void> => Promise.reject(new Error('the disk is full'));
    const member = joinAs(coordinator.url, contractParticipant, {
      identity: { ...transientIdentity(), onCoordinator },
    });
    const connection = await coordinator.nextConnection();
    connection.say(await challengeFor(await connection.hear('hello')));
    await expect(member.ending).rejects.toThrow('the disk is full');
  });

  it('ends where nobody proves anything', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    await connection.hear('hello');
    connection.say(await challengeFor({ nonce: 'A'.repeat(43) }));
    await expect(member.ending).rejects.toThrow(UnknownCoordinator);
  });
});

describe('a coordinator that has proved its key', () => {
  it('welcomes to the study that it signed and to no other', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    await connection.meet({ studyDigest: '0'.repeat(64) });
    connection.say(await welcomeTo(smallStudy));
    await expect(member.ending).rejects.toThrow(MessageRefused);
    await expect(member.ending).rejects.toThrow('expected the study with digest 000');
  });

  it('proves it once', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinAs(coordinator.url);
    const connection = await coordinator.nextConnection();
    await connection.meet();
    connection.say(await challengeFor({ nonce: 'A'.repeat(43) }));
    await expect(member.ending).rejects.toThrow('the coordinator sent a second challenge');
  });

  it('gets the code of a client that has one', async () => {
    const coordinator = await fakeCoordinator();
    const member = joinTrusting(coordinator.url, { code: 'secret' });
    const connection = await coordinator.nextConnection();
    expect(await connection.meet()).toMatchObject({ client: 'ann', code: 'secret' });
    connection.say(goodbye);
    expect(await member.ending).toBe('finished');
  });
});
