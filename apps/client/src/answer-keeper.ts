/** Work that outlives the connection on which it was asked for: a client that is asked again does not train again. */

import type { Participant, ReplyTo, Task } from '@gaitway/core';

export interface KeptAnswer {
  readonly reply: ReplyTo<Task>;
  /** It was asked for before, perhaps on an earlier connection. */
  readonly again: boolean;
}

export interface AnswerKeeper {
  /**
   * The participant's answer to a task. Who asks for the last task again gets the same answer, or waits for it to be
   * finished; any other task ends the last one. Stops the work when `signal` aborts.
   */
  answer(task: Task, signal: AbortSignal): Promise<KeptAnswer>;
  /** Stops whatever goes on. */
  stop(): void;
}

interface Work {
  readonly task: Task;
  readonly reply: Promise<ReplyTo<Task>>;
  readonly stop: AbortController;
  failed: boolean;
}

/** Keeps the last answer: a client gets a round's task after the one of the round before, or that one again. */
export function answerKeeper(participant: Participant): AnswerKeeper {
  let last: Promise<Work | undefined> = Promise.resolve(undefined);
  const workOn = async (task: Task): Promise<{ readonly work: Work; readonly again: boolean }> => {
    const turn = last.then(async (before) => {
      if (before && isUsable(before) && isSameTask(before.task, task)) {
        return { work: before, again: true };
      }
      before?.stop.abort(new Error('another task takes its place'));
      await before?.reply.catch(() => undefined); // Whoever asked for it has heard.
      return { work: begin(participant, task), again: false };
    });
    last = turn.then(({ work }) => work);
    return turn;
  };
  return {
    answer: async (task, signal) => {
      const { work, again } = await workOn(task);
      return { reply: await stoppedBy(signal, work), again };
    },
    stop: () => {
      void last.then((work) => work?.stop.abort(new Error('stopped')));
    },
  };
}

function begin(participant: Participant, task: Task): Work {
  const stop = new AbortController();
  const reply = Promise.resolve().then(() => participant(task, stop.signal));
  const work: Work = { task, stop, reply, failed: false };
  reply.catch(() => {
    work.failed = true;
  });
  return work;
}

function isUsable({ stop, failed }: Work): boolean {
  return !failed && !stop.signal.aborted;
}

async function stoppedBy(signal: AbortSignal, { reply, stop }: Work): Promise<ReplyTo<Task>> {
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

/** The same work on the same parameters, bit by bit. */
function isSameTask(a: Task, b: Task): boolean {
  const sameWork = a.kind === b.kind && a.stage === b.stage && a.round === b.round;
  return sameWork && sameHelp(a, b) && sameBits(a.parameters, b.parameters);
}

function sameHelp(a: Task, b: Task): boolean {
  if (a.kind !== 'train' || b.kind !== 'train') {
    return true;
  }
  const sameTeacher = a.teacher?.digest === b.teacher?.digest && String(a.classPrior) === String(b.classPrior);
  return sameTeacher && a.since === b.since && sameControl(a.control, b.control);
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
