import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ClientFailure, StudyStopped } from '../../errors.js';
import { contractParticipant } from '../../testing/contract-participant.js';
import type { TrainTask } from '../../train/task.js';
import { fleetContract } from './fleet.contract.js';
import { inMemoryFleet } from './in-memory-fleet.js';

fleetContract('in-memory fleet', (clients) =>
  Promise.resolve({
    fleet: inMemoryFleet(new Map(clients.map((client) => [client, contractParticipant]))),
    close: () => Promise.resolve(),
  }),
);

const task: TrainTask = { kind: 'train', stage: 'deaf', round: 1, parameters: new Float32Array(1) };

describe('inMemoryFleet', () => {
  it('says at once that it will never have enough clients', async () => {
    const fleet = inMemoryFleet(new Map([['ann', contractParticipant]]));
    const waiting = fleet.waitForClients(2, new AbortController().signal);
    await expect(waiting).rejects.toThrow(new StudyStopped('expected at least 2 clients, found 1'));
  });

  it('rejects with the reason of the abort', async () => {
    const fleet = inMemoryFleet(new Map([['ann', contractParticipant]]));
    const stop = new AbortController();
    const waiting = fleet.ask('ann', task, stop.signal);
    stop.abort(new Error('interrupted'));
    await expect(waiting).rejects.toThrow('interrupted');
  });

  it('keeps what went wrong in a participant as the cause', async () => {
    const fleet = inMemoryFleet(new Map([['ann', contractParticipant]]));
    const failure = await fleet
      .ask('ann', { ...task, stage: 'fail' }, new AbortController().signal)
      .catch((error: unknown) => error);
    expect((failure as ClientFailure).cause).toEqual(new Error('its battery is empty'));
  });

  it('passes on the failure of a participant that is itself reached through a fleet', async () => {
    const failure = new ClientFailure('ann', 'left');
    const fleet = inMemoryFleet(new Map([['ann', () => Promise.reject(failure)]]));
    await expect(fleet.ask('ann', task, new AbortController().signal)).rejects.toBe(failure);
  });

  it('listens to a signal once, however many clients are asked', async () => {
    const clients = Array.from({ length: 50 }, (_, index) => `client-${index}`);
    const fleet = inMemoryFleet(new Map(clients.map((client) => [client, contractParticipant])));
    const stop = new AbortController();
    const waiting = clients.map((client) => fleet.ask(client, task, stop.signal));
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
    stop.abort(new Error('enough'));
    expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(clients.map(() => 'rejected'));
  });
});
