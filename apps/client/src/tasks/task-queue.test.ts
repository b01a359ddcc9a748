import type { ReplyTo, Task, TrainTask } from '@gaitway/core';
import { handMade } from '@gaitway/core/testing/hand-made';
import type { FromClient, SentTask } from '@gaitway/protocol';
import { describe, expect, it } from 'vitest';
import { answerCache } from './answer-cache.js';
import type { ClientEvent } from '../client-event.js';
import { taskQueue, type TaskQueue } from './task-queue.js';
import { digestOf, whole, wholeTask } from '../testing/whole-task.js';

const parameters = Float32Array.of(1, 2);
const digest = digestOf(parameters);
const trained = (round: number): TrainTask => ({ kind: 'train', stage: 'student', round, parameters });

/** The first brings the parameters, and the others go back to them: nothing is left to wait for once it has begun. */
const train = (round: number): SentTask & { kind: 'train' } => ({
  kind: 'train',
  stage: 'student',
  round,
  parameters: round === 1 ? whole(parameters) : { kind: 'known', digest },
});

interface Work {
  readonly task: Task;
  readonly signal: AbortSignal;
  readonly finish: (reply: ReplyTo<Task>) => void;
  readonly fail: (error: Error) => void;
}

interface Setting {
  readonly queue: TaskQueue;
  readonly sent: FromClient[];
  readonly withdrawn: FromClient[];
  readonly events: ClientEvent[];
  /** The tasks that the participant has begun. */
  readonly begun: Work[];
}

/** A queue whose participant does what the test says, when it says so. */
function openQueue(): Setting {
  const sent: FromClient[] = [];
  const withdrawn: FromClient[] = [];
  const events: ClientEvent[] = [];
  const begun: Work[] = [];
  const participant = handMade(
    (task, signal) =>
      new Promise((finish, fail) => {
        begun.push({ task, signal, finish: finish as Work['finish'], fail });
      }),
  );
  const queue = taskQueue({
    answers: answerCache(participant),
    send: (message) => {
      sent.push(message);
      return () => {
        withdrawn.push(message);
      };
    },
    onEvent: (event) => events.push(event),
  });
  return { queue, sent, withdrawn, events, begun };
}

/** Lets everything happen that waits for nothing. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A digest is worked out by another thread. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await settle();
  }
}

/** Resolves once the first task has begun, and whatever else can have. */
async function firstBegun({ begun }: Setting): Promise<void> {
  await until(() => begun.length > 0);
  await settle();
}

const abstention = (round: number): ReplyTo<Task> => ({
  kind: 'abstain',
  stage: 'student',
  round,
  reason: 'no windows',
  windows: 0,
});

describe('the task queue of a client', () => {
  it('does one task at a time, in the order in which they came', async () => {
    const setting = openQueue();
    const { queue, sent, begun } = setting;
    queue.add({ kind: 'task', id: 1, task: train(1) });
    queue.add({ kind: 'task', id: 2, task: train(2) });
    await firstBegun(setting);
    expect(begun.map(({ task }) => task.round)).toEqual([1]);
    begun[0]?.finish(abstention(1));
    await settle();
    expect(begun.map(({ task }) => task.round)).toEqual([1, 2]);
    begun[1]?.finish(abstention(2));
    await settle();
    expect(sent).toEqual([
      { kind: 'answer', id: 1, reply: abstention(1) },
      { kind: 'answer', id: 2, reply: abstention(2) },
    ]);
  });

  it('tells why a task failed, and goes on', async () => {
    const setting = openQueue();
    const { queue, sent, events, begun } = setting;
    queue.add({ kind: 'task', id: 1, task: train(1) });
    queue.add({ kind: 'task', id: 2, task: train(2) });
    await firstBegun(setting);
    begun[0]?.fail(new Error('x'.repeat(5000)));
    await settle();
    expect(sent).toEqual([{ kind: 'failure', id: 1, reason: `${'x'.repeat(1999)}…` }]);
    expect(events.at(1)).toMatchObject({ kind: 'failed', stage: 'student', round: 1 });
    expect(begun).toHaveLength(2);
  });

  it('stops the current task when it is cancelled, says nothing, and takes the next', async () => {
    const setting = openQueue();
    const { queue, sent, events, begun } = setting;
    queue.add({ kind: 'task', id: 1, task: train(1) });
    queue.add({ kind: 'task', id: 2, task: train(2) });
    await firstBegun(setting);
    queue.cancel(1);
    expect(begun[0]?.signal.aborted).toBe(true);
    begun[0]?.fail(new Error('stopped'));
    await settle();
    expect(sent).toEqual([]);
    expect(events.slice(1)).toEqual([
      { kind: 'cancelled', stage: 'student', round: 1 },
      { kind: 'task', task: 'train', stage: 'student', round: 2 },
    ]);
  });

  it('never begins a task that is cancelled while it waits', async () => {
    const setting = openQueue();
    const { queue, begun } = setting;
    queue.add({ kind: 'task', id: 1, task: train(1) });
    queue.add({ kind: 'task', id: 2, task: train(2) });
    queue.add({ kind: 'task', id: 3, task: train(3) });
    queue.cancel(2);
    await firstBegun(setting);
    begun[0]?.finish(abstention(1));
    await settle();
    expect(begun.map(({ task }) => task.round)).toEqual([1, 3]);
  });

  it('keeps the answer to itself when it comes after all', async () => {
    const setting = openQueue();
    const { queue, sent, begun } = setting;
    queue.add({ kind: 'task', id: 1, task: train(1) });
    await firstBegun(setting);
    queue.cancel(1);
    begun[0]?.finish(abstention(1));
    await settle();
    expect(sent).toEqual([]);
  });

  it('does not mind the cancellation of a task that it does not have', () => {
    const { queue, events } = openQueue();
    queue.cancel(7);
    expect(events).toEqual([]);
  });

  it('says and begins nothing more when it closes, and lets the current task go on', async () => {
    const setting = openQueue();
    const { queue, begun, events, sent } = setting;
    queue.add({ kind: 'task', id: 1, task: train(1) });
    queue.add({ kind: 'task', id: 2, task: train(2) });
    await firstBegun(setting);
    queue.close();
    expect(begun[0]?.signal.aborted).toBe(false);
    begun[0]?.finish(abstention(1));
    await settle();
    expect(begun).toHaveLength(1);
    expect(sent).toEqual([]);
    expect(events.map(({ kind }) => kind)).toEqual(['task']);
  });

  it('caches the parameters of earlier tasks, even of one that was cancelled', async () => {
    const setting = openQueue();
    const { queue, begun } = setting;
    const teacher = { digest: digestOf(Float32Array.of(3)), parameters: Float32Array.of(3) };
    queue.add({ kind: 'task', id: 1, task: wholeTask({ ...trained(1), teacher }) });
    queue.cancel(1);
    const next = Float32Array.of(1, 5);
    const patch = { kind: 'patch', base: digest, gaps: Uint8Array.of(1), values: Float32Array.of(5) } as const;
    queue.add({
      kind: 'task',
      id: 2,
      task: {
        ...train(2),
        parameters: { ...patch, digest: digestOf(next) },
        teacher: { kind: 'known', digest: teacher.digest },
      },
    });
    await firstBegun(setting);
    expect(begun.map(({ task }) => task)).toEqual([{ ...trained(2), parameters: next, teacher }]);
  });

  it('cannot do a task whose parameters never came, and does the next one that brings them', async () => {
    const setting = openQueue();
    const { queue, begun, sent } = setting;
    queue.add({ kind: 'task', id: 1, task: train(2) });
    await until(() => sent.length > 0);
    const reason = `expected parameters with digest ${digest} from an earlier task, found none`;
    expect(sent).toEqual([{ kind: 'failure', id: 1, reason }]);
    queue.add({ kind: 'task', id: 2, task: train(1) });
    await firstBegun(setting);
    expect(begun.map(({ task }) => task)).toEqual([trained(1)]);
  });
});
