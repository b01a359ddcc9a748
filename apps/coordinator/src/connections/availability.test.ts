import { describe, expect, it } from 'vitest';
import { connectBare, joinBare, joinOf } from '../testing/bare-client.js';
import { openService, smallStudy } from '../testing/open-service.js';

const never = new AbortController().signal;

describe('a client that is not available', () => {
  it('has joined, but is not among those who can be asked until it says so', async () => {
    const service = await openService();
    const changed: string[] = [];
    service.fleet.onChange(() => changed.push(service.fleet.available().join()));
    const ann = await connectBare(service.url);
    await ann.introduce('ann');
    await ann.hear('welcome');
    ann.say({ kind: 'availability', available: false, reason: 'outside 22:00-06:00' });
    ann.say(await joinOf(smallStudy));
    await ann.hear('joined');
    await joinBare(service.url, smallStudy, 'ben');
    expect(service.fleet.available()).toEqual(['ben']);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('\ngaitway_clients 2\n');
    expect(metrics).toContain('\ngaitway_clients_unavailable 1\n');
    const waiting = service.fleet.waitForClients(2, never);
    ann.say({ kind: 'availability', available: true });
    await waiting;
    expect(service.fleet.available()).toEqual(['ann', 'ben']);
    expect(changed.at(-1)).toBe('ann,ben');
    const told = service.events.filter(({ kind }) => kind === 'available' || kind === 'unavailable');
    expect(told).toEqual([
      { kind: 'unavailable', client: 'ann', reason: 'outside 22:00-06:00' },
      { kind: 'available', client: 'ann' },
    ]);
    expect(service.events).toContainEqual({ kind: 'waiting', present: ['ben'], missing: 1 });
  });

  it('finishes the task that it has', async () => {
    const service = await openService();
    const ann = await joinBare(service.url, smallStudy, 'ann');
    const parameters = new Float32Array(1);
    const asking = service.fleet.ask('ann', { kind: 'train', stage: 'student', round: 1, parameters }, never);
    const { id } = await ann.hear('task');
    ann.say({ kind: 'availability', available: false });
    await service.event('unavailable');
    expect(service.fleet.available()).toEqual([]);
    const reply = { kind: 'abstain', stage: 'student', round: 1, reason: 'none', windows: 0 } as const;
    ann.say({ kind: 'answer', id, reply });
    expect(await asking).toEqual(reply);
  });

  it('is available again when it comes back, unless it says otherwise', async () => {
    const service = await openService();
    const ann = await joinBare(service.url, smallStudy, 'ann');
    ann.say({ kind: 'availability', available: false });
    await service.event('unavailable');
    ann.destroy();
    await service.event('left');
    await joinBare(service.url, smallStudy, 'ann');
    expect(service.fleet.available()).toEqual(['ann']);
  });

  it('is refused where it says so before its hello', async () => {
    const service = await openService();
    const client = await connectBare(service.url);
    client.say({ kind: 'availability', available: false });
    expect((await client.hear('refusal')).reason).toContain('expected a client to say hello before');
    await client.gone;
  });
});
