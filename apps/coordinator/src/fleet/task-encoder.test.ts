import type { Task, TrainTask } from '@gaitway/core';
import {
  decodeFromCoordinator,
  type OutgoingMessage,
  parameterCache,
  receivedTask,
  type SentTask,
  type TaskMessage,
} from '@gaitway/protocol';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type KnownParameters, taskEncoder } from './task-encoder.js';

const digestOf = (values: Float32Array): string => createHash('sha256').update(values).digest('hex');
const newClient = (): KnownParameters => parameterCache();
const messageOf = ({ bytes }: OutgoingMessage): TaskMessage => decodeFromCoordinator(bytes) as TaskMessage;
const sentIn = (outgoing: OutgoingMessage): SentWork => messageOf(outgoing).task as SentWork;

type SentWork = Exclude<SentTask, { readonly kind: 'aggregation' }>;

/** 100 numbers: a patch of some of them is smaller than all. */
const start = Float32Array.from({ length: 100 }, (_, index) => Math.sin(index));
const digest = digestOf(start);
const teacher = { digest: digestOf(Float32Array.of(3)), parameters: Float32Array.of(3) };
const task: TrainTask = { kind: 'train', stage: 'student', round: 1, parameters: start, teacher };

/** The next round's task, in which one number has changed. */
function changedAt(place: number, value: number, before: TrainTask = task): TrainTask {
  const parameters = before.parameters.slice();
  parameters[place] = value;
  return { ...before, round: before.round + 1, parameters };
}

describe('packed tasks', () => {
  it('are packed once in each form, however many clients get them', () => {
    const encodeTask = taskEncoder();
    const [ann, ben] = [newClient(), newClient()];
    expect(encodeTask(task).messageFor(ann)).toBe(encodeTask(task).messageFor(ben));
    const next = changedAt(7, 1);
    const patched = encodeTask(next).messageFor(ann);
    expect(encodeTask(next).messageFor(ben)).toBe(patched);
    const known = encodeTask(next).messageFor(ann);
    expect(encodeTask(next).messageFor(ben)).toBe(known);
    const whole = encodeTask(next).messageFor(newClient());
    expect(encodeTask(next).messageFor(newClient())).toBe(whole);
    expect(new Set([patched, known, whole]).size).toBe(3);
  });

  it('have a number of their own', () => {
    const encodeTask = taskEncoder();
    expect([encodeTask(task).id, encodeTask({ ...task }).id, encodeTask(task).id]).toEqual([1, 2, 1]);
  });

  it('bring whole what the client has not, and the digest of what it has', () => {
    const encodeTask = taskEncoder();
    const ann = newClient();
    expect(messageOf(encodeTask(task).messageFor(ann))).toEqual({
      kind: 'task',
      id: 1,
      task: {
        ...task,
        parameters: { kind: 'whole', digest, values: start },
        teacher: { kind: 'whole', digest: teacher.digest, values: teacher.parameters },
      },
    });
    const place = { stage: 'student', round: 1 };
    const evaluation: Task = { kind: 'evaluate', ...place, parameters: start.slice() };
    expect(messageOf(encodeTask(evaluation).messageFor(ann))).toEqual({
      kind: 'task',
      id: 2,
      task: { kind: 'evaluate', ...place, parameters: { kind: 'known', digest } },
    });
  });

  it('bring what is new in parameters of which the client has most', () => {
    const encodeTask = taskEncoder();
    const ann = newClient();
    encodeTask(task).messageFor(ann);
    const next = changedAt(7, 1);
    expect(sentIn(encodeTask(next).messageFor(ann))).toEqual({
      ...next,
      parameters: {
        kind: 'patch',
        digest: digestOf(next.parameters),
        base: digest,
        gaps: Uint8Array.of(7),
        values: Float32Array.of(1),
      },
      teacher: { kind: 'known', digest: teacher.digest },
    });
  });

  it('go back to those that need the fewest changes', () => {
    const encodeTask = taskEncoder();
    const ann = newClient();
    const later = changedAt(8, 1, changedAt(7, 1));
    [task, later].forEach((earlier) => encodeTask(earlier).messageFor(ann));
    const nearLater = encodeTask(changedAt(9, 1, later)).messageFor(ann);
    expect(sentIn(nearLater).parameters).toMatchObject({ base: digestOf(later.parameters), gaps: Uint8Array.of(9) });
    const nearFirst = encodeTask(changedAt(9, 2)).messageFor(ann);
    expect(sentIn(nearFirst).parameters).toMatchObject({ base: digest, gaps: Uint8Array.of(9) });
  });

  it('bring the whole where a patch would not be smaller', () => {
    const encodeTask = taskEncoder();
    const alone: TrainTask = { kind: 'train', stage: 'student', round: 1, parameters: start };
    const sent = [63, 64].map((changes) => {
      const ann = newClient();
      encodeTask(alone).messageFor(ann);
      const next = { ...alone, parameters: start.map((value, index) => (index < changes ? -value - 1 : value)) };
      return [encodeTask(next).messageFor(ann), encodeTask(next).messageFor(newClient())] as const;
    });
    // 5 bytes a change, the base's digest of 64 with its length and name, the name of the gaps and their length: 81.
    expect(sent.map(([toAnn]) => sentIn(toAnn).parameters.kind)).toEqual(['patch', 'whole']);
    const [patch, whole] = sent[0]!;
    expect(patch.bytes.length).toBeLessThan(whole.bytes.length);
  });

  it('bring the whole where what the client has is no longer there, or belongs to another network', () => {
    const encodeTask = taskEncoder();
    const [ann, ben] = [newClient(), newClient()];
    encodeTask(task).messageFor(ann);
    encodeTask({ ...task, parameters: start.subarray(0, 99) }).messageFor(ben);
    let newest = task;
    for (let round = 0; round < 7; round++) {
      newest = changedAt(round, 5, newest);
      encodeTask(newest).messageFor(newClient());
    }
    expect(sentIn(encodeTask(newest).messageFor(ann)).parameters.kind).toBe('whole');
    expect(sentIn(encodeTask(newest).messageFor(ben)).parameters.kind).toBe('whole');
  });

  it('are what was asked, to the bit, for clients that get any of them in any order', async () => {
    const bits = fc.constantFrom(0, 0x80000000, 0x3f800000, 0x7fc00001, 0xffc12345);
    const change = fc.record({ place: fc.nat(99), bits });
    const step = fc.record({
      changes: fc.array(change, { maxLength: 90 }),
      from: fc.nat(3),
      teacher: fc.option(fc.nat(3), { nil: undefined }),
      clients: fc.subarray([0, 1, 2], { minLength: 1 }),
      forgotten: fc.option(fc.nat(2), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const encodeTask = taskEncoder();
        const known = [newClient(), newClient(), newClient()];
        const clients = known.map(() => parameterCache<Promise<Float32Array>>());
        const earlier = [start];
        for (const [round, { changes, from, teacher: taught, clients: asked, forgotten }] of steps.entries()) {
          const values = earlier.at(-1 - (from % earlier.length))!.slice();
          changes.forEach(({ place, bits }) => new Uint32Array(values.buffer).fill(bits, place, place + 1));
          earlier.push(values);
          const labels = taught === undefined ? undefined : earlier.at(-1 - (taught % earlier.length))!;
          const teaching = labels && { teacher: { digest: digestOf(labels), parameters: labels } };
          const frames = encodeTask({ kind: 'train', stage: 'a', round: round + 1, parameters: values, ...teaching });
          if (forgotten !== undefined) {
            known[forgotten] = newClient();
          }
          for (const client of asked) {
            const received = (await receivedTask(
              sentIn(frames.messageFor(known[client]!)),
              clients[client]!,
            )) as TrainTask;
            expect(digestOf(received.parameters)).toBe(digestOf(values));
            const labelling = received.teacher?.parameters;
            expect(labelling && digestOf(labelling)).toBe(labels && digestOf(labels));
          }
        }
      }),
    );
  });
});
