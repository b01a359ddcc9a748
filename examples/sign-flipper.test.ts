import { createRng, type Participant } from '@gaitway/core';
import { packDelta, type Delta } from '@gaitway/core/federated';
import { expect, it } from 'vitest';
import { signFlipper } from './sign-flipper.js';

const task = { kind: 'train', stage: 'together', round: 3, parameters: new Float32Array(3) } as const;
const { signal } = new AbortController();

function sender(delta: Delta): Participant {
  const reply = { kind: 'train', stage: 'together', round: 3, delta, examples: 7, summary: { windows: 9, loss: 0.5 } };
  return (() => Promise.resolve(reply)) as unknown as Participant;
}

it('turns a change round and scales it, and says the same about it', async () => {
  const reply = await signFlipper(sender(Float32Array.of(1, -2, 0.5)), 3)(task, signal);
  expect(reply).toMatchObject({ stage: 'together', round: 3, examples: 7, summary: { windows: 9, loss: 0.5 } });
  expect(reply.kind === 'train' && reply.delta).toEqual(Float32Array.of(-3, 6, -1.5));
});

it('passes on that a client has nothing to train on', async () => {
  const reply = { kind: 'abstain', stage: 'together', round: 3, reason: 'no windows', windows: 0 };
  const idle = (() => Promise.resolve(reply)) as unknown as Participant;
  expect(await signFlipper(idle, 3)(task, signal)).toBe(reply);
});

it('refuses a change that it cannot turn', async () => {
  const packed = packDelta(Float32Array.of(1, 2, 3), { kind: 'int8' }, createRng(1));
  await expect(signFlipper(sender(packed), 3)(task, signal)).rejects.toThrow('without compression, found int8');
});
