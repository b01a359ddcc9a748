/** Caches a client's last answer over all connections, so that a client that gets a task again does not train again. */

import { isDeepStrictEqual } from 'node:util';
import type { EvaluateTask, Participant, ReplyTo, Task, TrainTask } from '@gaitway/core';

export interface CachedAnswer {
  readonly reply: ReplyTo<Task>;
  /** Whether the same task came before, perhaps on an earlier connection. */
  readonly again: boolean;
}

export interface AnswerCache {
  /**
   * Resolves with the participant's answer to a task. For the last task again, that is the same answer, as soon as it is
   * finished; any other task stops the work on the last one. The work also stops when `signal` aborts.
   */
  answer(task: Task, signal: AbortSignal): Promise<CachedAnswer>;
  /** Stops the work on the last task. */
  stop(): void;
}

/** A task that the participant works on, or has finished. */
interface TaskRun {
  readonly task: Task;
  readonly reply: Promise<ReplyTo<Task>>;
  readonly stop: AbortController;
  failed: boolean;
}

/** One answer is enough: a client gets either the last task again or that of the next round. */
export function answerCache(participant: Participant): AnswerCache {
  let last: Promise<TaskRun | undefined> = Promise.resolve(undefined);
  const runOf = async (task: Task): Promise<{ readonly run: TaskRun; readonly again: boolean }> => {
    const turn = last.then(async (before) => {
      if (before && isUsable(before) && isSameTask(before.task, task)) {
        return { run: before, again: true };
      }
      before?.stop.abort(new Error('another task takes its place'));
      await before?.reply.catch(() => undefined); // whoever asked for it has got the error
      return { run: begin(participant, task), again: false };
    });
    last = turn.then(({ run }) => run);
    return turn;
  };
  return {
    answer: async (task, signal) => {
      const { run, again } = await runOf(task);
      return { reply: await stoppedBy(signal, run), again };
    },
    stop: () => {
      void last.then((run) => run?.stop.abort(new Error('stopped')));
    },
  };
}

function begin(participant: Participant, task: Task): TaskRun {
  const stop = new AbortController();
  const reply = Promise.resolve().then(() => participant(task, stop.signal));
  const run: TaskRun = { task, stop, reply, failed: false };
  reply.catch(() => {
    run.failed = true;
  });
  return run;
}

function isUsable({ stop, failed }: TaskRun): boolean {
  return !failed && !stop.signal.aborted;
}

async function stoppedBy(signal: AbortSignal, { reply, stop }: TaskRun): Promise<ReplyTo<Task>> {
  const end = (): void => {
    stop.abort(signal.reason);
  };
  if (signal.aborted) {
    end();
  }
  signal.addEventListener('abort', end, { once: true });
  return reply.finally(() => {
    signal.removeEventListener('abort', end);
  });
}

/** Whether two tasks ask for the same work on bitwise equal parameters. */
function isSameTask(a: Task, b: Task): boolean {
  if (a.kind === 'aggregation' || b.kind === 'aggregation') {
    return isDeepStrictEqual(a, b);
  }
  const sameWork = a.kind === b.kind && a.stage === b.stage && a.round === b.round;
  return sameWork && sameTeaching(a, b) && sameBits(a.parameters, b.parameters);
}

function sameTeaching(a: TrainTask | EvaluateTask, b: TrainTask | EvaluateTask): boolean {
  if (a.kind !== 'train' || b.kind !== 'train') {
    return true;
  }
  const sameTeacher = a.teacher?.digest === b.teacher?.digest && String(a.classPrior) === String(b.classPrior);
  return sameTeacher && a.since === b.since && a.attempt === b.attempt && sameControl(a.control, b.control);
}

function sameControl(a: Float32Array | undefined, b: Float32Array | undefined): boolean {
  return a && b ? sameBits(a, b) : a === b;
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return bytesOf(a).equals(bytesOf(b));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
