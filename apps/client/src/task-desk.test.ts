import type { ReplyTo, Task } from '@gaitway/core';
import { handMade } from '@gaitway/core/testing/hand-made';
import type { FromClient, SentTask } from '@gaitway/protocol';
import { describe, expect, it } from 'vitest';
import { answerKeeper } from './answer-keeper.js';
import type { ClientEvent } from './client-event.js';
import { taskDesk, type TaskDesk } from './task-desk.js';

const digest = 'a'.repeat(64);
const train = (round: number): SentTask & { kind: 'train' } => ({
  kind: 'train',
  stage: 'student',
  round,
  parameters: Float32Array.of(round),
});

interface Work {
  readonly task: Task;
  readonly signal: AbortSignal;
  readonly finish: (reply: ReplyTo<Task>) => void;
  readonly fail: (error: Error) => void;
}

interface Setting {
  readonly desk: TaskDesk;
  readonly sent: FromClient[];
  readonly takenBack: FromClient[];
  readonly events: ClientEvent[];
  /** The tasks that the participant has begun. */
  readonly begun: Work[];
}

/** A desk whose participant does what the test says, when it says so. */
function openDesk(): Setting {
  const sent: FromClient[] = [];
  const takenBack: FromClient[] = [];
  const events: ClientEvent[] = [];
  const begun: Work[] = [];
  const participant = handMade(
    (task, signal) =>
      new Promise((finish, fail) => {
        begun.push({ task, signal, finish: finish as Work['finish'], fail });
      }),
  );
  const desk = taskDesk({
    answers: answerKeeper(participant),
    send: (message) => {
      sent.push(message);
      return () => {
        takenBack.push(message);
      };
    },
    onEvent: (event) => events.push(event),
  });
  return { desk, sent, takenBack, events, begun };
}

/** Lets everything happen that waits for nothing. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const abstention = (round: number): ReplyTo<Task> => ({
  kind: 'abstain',
  stage: 'student',
  round,
  reason: 'no windows',
  windows: 0,
});

describe('the desk of a client', () => {
  it('does one task at a time, in the order in which they came', async () => {
    const { desk, sent, begun } = openDesk();
    desk.take({ kind: 'task', id: 1, task: train(1) });
    desk.take({ kind: 'task', id: 2, task: train(2) });
    await settle();
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
    const { desk, sent, events, begun } = openDesk();
    desk.take({ kind: 'task', id: 1, task: train(1) });
    desk.take({ kind: 'task', id: 2, task: train(2) });
    await settle();
    begun[0]?.fail(new Error('x'.repeat(5000)));
    await settle();
    expect(sent).toEqual([{ kind: 'failure', id: 1, reason: `${'x'.repeat(1999)}…` }]);
    expect(events.at(1)).toMatchObject({ kind: 'failed', stage: 'student', round: 1 });
    expect(begun).toHaveLength(2);
  });

  it('stops the task at hand when it is cancelled, says nothing, and takes the next', async () => {
    const { desk, sent, events, begun } = openDesk();
    desk.take({ kind: 'task', id: 1, task: train(1) });
    desk.take({ kind: 'task', id: 2, task: train(2) });
    await settle();
    desk.cancel(1);
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
    const { desk, begun } = openDesk();
    desk.take({ kind: 'task', id: 1, task: train(1) });
    desk.take({ kind: 'task', id: 2, task: train(2) });
    desk.take({ kind: 'task', id: 3, task: train(3) });
    desk.cancel(2);
    await settle();
    begun[0]?.finish(abstention(1));
    await settle();
    expect(begun.map(({ task }) => task.round)).toEqual([1, 3]);
  });

  it('keeps the answer to itself when it comes after all', async () => {
    const { desk, sent, begun } = openDesk();
    desk.take({ kind: 'task', id: 1, task: train(1) });
    await settle();
    desk.cancel(1);
    begun[0]?.finish(abstention(1));
    await settle();
    expect(sent).toEqual([]);
  });

  it('does not mind the cancellation of a task that it does not have', () => {
    const { desk, events } = openDesk();
    desk.cancel(7);
    expect(events).toEqual([]);
  });

  it('says and begins nothing more when it closes, and lets the task at hand go on', async () => {
    const { desk, begun, events, sent } = openDesk();
    desk.take({ kind: 'task', id: 1, task: train(1) });
    desk.take({ kind: 'task', id: 2, task: train(2) });
    await settle();
    desk.close();
    expect(begun[0]?.signal.aborted).toBe(false);
    begun[0]?.finish(abstention(1));
    await settle();
    expect(begun).toHaveLength(1);
    expect(sent).toEqual([]);
    expect(events.map(({ kind }) => kind)).toEqual(['task']);
  });

  it('remembers a teacher that came with an earlier task, even one that was cancelled', async () => {
    const { desk, begun } = openDesk();
    const parameters = Float32Array.of(1, 2);
    desk.take({ kind: 'task', id: 1, task: { ...train(1), teacher: { digest, parameters } } });
    desk.cancel(1);
    desk.take({ kind: 'task', id: 2, task: { ...train(2), teacher: { digest } } });
    await settle();
    expect(begun.map(({ task }) => task)).toEqual([{ ...train(2), teacher: { digest, parameters } }]);
  });

  it('cannot do a task without its teacher', async () => {
    const { desk, sent } = openDesk();
    desk.take({ kind: 'task', id: 1, task: { ...train(1), teacher: { digest } } });
    await settle();
    const reason = 'the coordinator did not send the teacher of stage "student"';
    expect(sent).toEqual([{ kind: 'failure', id: 1, reason }]);
  });
});
