import type { TrainTask } from '@gaitway/core';
import { encode, socketParser } from '@gaitway/protocol';
import { describe, expect, it } from 'vitest';
import { joinBare } from '../testing/bare-client.js';
import { openService, smallStudy } from '../testing/open-service.js';

const never = new AbortController().signal;
const task: TrainTask = { kind: 'train', stage: 'student', round: 1, parameters: Float32Array.of(1, -2) };
const reply = { kind: 'abstain', stage: 'student', round: 1, reason: 'no windows', windows: 7 } as const;

function sealedAnswer(id: number): Uint8Array {
  const data = ['message', encode({ kind: 'answer', id, reply })];
  return new socketParser.Encoder().encode({ type: 2, nsp: '/', data })[0]!;
}

function withBitChanged(frame: Uint8Array, bit: number): Uint8Array {
  const changed = frame.slice();
  changed[bit >> 3]! ^= 1 << (bit & 7);
  return changed;
}

const rubbish: readonly (readonly [string, (id: number) => string | Uint8Array])[] = [
  ['an answer with its first bit changed', (id) => withBitChanged(sealedAnswer(id), 0)],
  ['an answer with a bit of its number changed', (id) => withBitChanged(sealedAnswer(id), 8 * 20 + 1)],
  ['an answer that is cut short', (id) => sealedAnswer(id).slice(0, 60)],
  ['text', () => '2["message",{}]'],
];

describe('a client of which something arrives damaged', () => {
  it.each(rubbish)('is cut off, comes back and is asked again: %s', async (_, damaged) => {
    const service = await openService(smallStudy, { returnSeconds: 60 });
    const first = await joinBare(service.url, smallStudy, 'ann');
    const asking = service.fleet.ask('ann', task, never);
    const { id } = await first.hear('task');
    first.sendDamaged(damaged(id));
    await first.gone;
    const back = await joinBare(service.url, smallStudy, 'ann');
    expect((await back.hear('task')).id).toBe(id);
    back.say({ kind: 'answer', id, reply });
    expect(await asking).toEqual(reply);
    expect(await service.event('left')).toMatchObject({ reason: expect.stringContaining('is damaged') });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('gaitway_clients_left_total{cause="damaged"} 1\n');
    expect(metrics).toContain('gaitway_refusals_total{reason="damaged"} 1\n');
    expect(metrics).toContain('gaitway_answers_total{outcome="accepted"} 1\n');
  });
});
