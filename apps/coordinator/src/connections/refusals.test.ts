import type { FromClient } from '@gaitway/protocol';
import { createKeyPair } from '@gaitway/node';
import { decodeFromCoordinator, pack } from '@gaitway/protocol';
import { io } from 'socket.io-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectBare, hello, joinBare, joinOf, type BareClient } from '../testing/bare-client.js';
import { openService, smallStudy } from '../testing/open-service.js';

/** Hears the refusal, sees the connection end, and finds the same reason on the coordinator's side. */
async function expectRefusal(client: BareClient, service: Awaited<ReturnType<typeof openService>>): Promise<string> {
  const { reason } = await client.hear('refusal');
  await client.gone;
  expect(await service.event('refused')).toMatchObject({ reason });
  return reason;
}

describe('a client is refused, and both sides learn why,', () => {
  it('when it speaks a newer protocol', async () => {
    const service = await openService();
    const client = await connectBare(service.url);
    client.say(hello({ protocol: 7, oldest: 7 }));
    expect(await expectRefusal(client, service)).toBe(
      'the client speaks version 7 of the protocol, the coordinator version 6: ' +
        'the coordinator is older and needs a newer Gaitway',
    );
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('gaitway_refusals_total{reason="other-version"} 1\n');
  });

  it('when it speaks an older protocol alone', async () => {
    const service = await openService();
    const client = await connectBare(service.url);
    client.say(hello({ protocol: 5, oldest: 4 }));
    expect(await expectRefusal(client, service)).toBe(
      'the client speaks versions 4 to 5 of the protocol, the coordinator version 6: ' +
        'the client is older and needs a newer Gaitway',
    );
  });

  it('when it is of before protocol 3, in the form of its time', async () => {
    const service = await openService();
    const socket = io(service.url, { forceNew: true, reconnection: false, transports: ['websocket'] });
    onTestFinished(() => {
      socket.disconnect();
    });
    const heard = (event: string): Promise<unknown> => new Promise((resolve) => socket.once(event, resolve));
    const [connected, gone] = [heard('connect'), heard('disconnect')];
    const frame = await heard('message');
    await connected;
    const reason =
      'the client speaks an earlier version of the protocol, the coordinator version 6: ' +
      'the client is older and needs a newer Gaitway';
    expect(decodeFromCoordinator(frame)).toEqual({ kind: 'refusal', reason });
    await gone;
    expect(await service.event('refused')).toMatchObject({ client: '127.0.0.1', reason });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('gaitway_refusals_total{reason="other-version"} 1\n');
  });

  it("when it takes the coordinator's own name", async () => {
    const service = await openService();
    const client = await connectBare(service.url);
    await client.introduce('coordinator');
    expect(await expectRefusal(client, service)).toContain('the name "coordinator" is the coordinator\'s own');
  });

  it('when its name is taken', async () => {
    const service = await openService();
    await joinBare(service.url, smallStudy, 'ann');
    const client = await connectBare(service.url);
    await client.introduce('ann', { keys: createKeyPair() });
    expect(await expectRefusal(client, service)).toContain('the name "ann" belongs to a client with another key');
    expect(service.fleet.available()).toEqual(['ann']);
  });

  it('when it reads another study', async () => {
    const service = await openService();
    const client = await connectBare(service.url);
    await client.introduce('ann', { gaitway: '0.0.9' });
    await client.hear('welcome');
    client.say(await joinOf(smallStudy, { studyDigest: '0'.repeat(64) }));
    const reason = await expectRefusal(client, service);
    expect(reason).toContain(`the client reads it as ${'0'.repeat(64)}`);
    expect(reason).toMatch(/\(Gaitway 0\.0\.9 at the client, \d+\.\d+\.\d+ at the coordinator: both need the same\)$/);
    expect(await service.event('refused')).toMatchObject({ client: 'ann' });
  });

  it('when it makes another network of a stage', async () => {
    const service = await openService();
    const client = await connectBare(service.url);
    await client.introduce('ann');
    await client.hear('welcome');
    const join = await joinOf(smallStudy);
    const [stage] = Object.keys(join.layoutDigests);
    client.say({ ...join, layoutDigests: { ...join.layoutDigests, [stage ?? '']: '0'.repeat(64) } });
    expect(await expectRefusal(client, service)).toContain(`the network of stage "${stage ?? ''}"`);
  });

  const failure = { kind: 'failure', id: 1, reason: 'no' } as const;
  const outOfTurn: readonly (readonly [string, readonly FromClient[], string])[] = [
    ['answers before it joined', [hello(), failure], 'expected a client to join'],
    ['says hello twice', [hello(), hello()], 'said hello twice'],
  ];

  it.each(outOfTurn)('when it %s', async (_, messages, reason) => {
    const service = await openService();
    const client = await connectBare(service.url);
    messages.forEach((message) => {
      client.say(message);
    });
    await client.hear('challenge');
    expect(await expectRefusal(client, service)).toContain(reason);
  });

  it('when it joins without a hello', async () => {
    const service = await openService();
    const client = await connectBare(service.url);
    client.say(await joinOf(smallStudy));
    expect(await expectRefusal(client, service)).toContain('expected a client to be welcomed before it joins');
    expect(await service.event('refused')).toMatchObject({ client: '127.0.0.1' });
  });

  it('when it joins twice', async () => {
    const service = await openService();
    const client = await joinBare(service.url, smallStudy, 'ann');
    client.say(await joinOf(smallStudy));
    expect(await expectRefusal(client, service)).toContain('joined twice');
    expect(await service.event('left')).toMatchObject({ client: 'ann', reason: 'joined twice' });
  });

  it.each([
    ['bytes that are no message', Uint8Array.of(1, 2, 3), '2 bytes follow its end'],
    ['a message of no kind', pack({ hello: 'ann' }), 'found none'],
  ])('when it sends %s', async (_, frame, reason) => {
    const service = await openService();
    const client = await connectBare(service.url);
    client.sendRaw(frame);
    expect(await expectRefusal(client, service)).toContain(reason);
  });
});
