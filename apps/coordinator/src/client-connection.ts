/** A client that joined: tasks go out to it, answers come back. */

import { ClientFailure, type ClientId, type ReplyTo, type Task, untilAborted } from '@gaitway/core';
import { encode, teacherMemory, type Answer, type Failure, type TeacherMemory } from '@gaitway/protocol';
import type { TaskFrames } from './task-frames.js';

export interface ClientConnection {
  /** As `Fleet.ask`, for this client. */
  ask<T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>>;
  /** Settles the task that the message answers. Answers that nobody waits for any more are dropped. */
  settle(message: Answer | Failure): void;
  /** The connection is gone: whoever waits for an answer learns why there will be none. */
  lose(reason: string): void;
}

export interface ConnectionOptions {
  readonly client: ClientId;
  /** Sends one message's bytes. */
  readonly send: (frame: Uint8Array) => void;
  readonly framesOf: (task: Task) => TaskFrames;
}

interface Pending {
  readonly kind: Task['kind'];
  readonly resolve: (reply: ReplyTo<Task>) => void;
  readonly reject: (failure: ClientFailure) => void;
}

export function clientConnection({ client, send, framesOf }: ConnectionOptions): ClientConnection {
  const pending = new Map<number, Pending>();
  const teachers = teacherMemory<object>();
  return {
    ask: async <T extends Task>(task: T, signal: AbortSignal): Promise<ReplyTo<T>> => {
      const frames = framesOf(task);
      if (pending.has(frames.id)) {
        throw new ClientFailure(client, `it is at work on the same task (${task.stage}, round ${task.round}) already`);
      }
      const answered = (): Promise<ReplyTo<Task>> =>
        new Promise((resolve, reject) => {
          pending.set(frames.id, { kind: task.kind, resolve, reject });
          send(frameFor(task, frames, teachers));
        });
      try {
        return (await untilAborted(answered, signal)) as ReplyTo<T>;
      } catch (error) {
        if (signal.aborted && pending.has(frames.id)) {
          send(encode({ kind: 'cancel', id: frames.id }));
        }
        throw error;
      } finally {
        pending.delete(frames.id);
      }
    },
    settle: (message) => {
      const waiting = pending.get(message.id);
      if (message.kind === 'failure') {
        waiting?.reject(new ClientFailure(client, message.reason));
      } else if (waiting && !answers(message.reply, waiting.kind)) {
        waiting.reject(new ClientFailure(client, `answered a task to ${waiting.kind} with "${message.reply.kind}"`));
      } else {
        waiting?.resolve(message.reply);
      }
    },
    lose: (reason) => {
      pending.forEach(({ reject }) => {
        reject(new ClientFailure(client, reason));
      });
    },
  };
}

/** The bytes for this client: with the teacher only if it cannot have it from an earlier task. */
function frameFor(task: Task, frames: TaskFrames, teachers: TeacherMemory<object>): Uint8Array {
  if (task.kind === 'evaluate' || !task.teacher) {
    return frames.complete();
  }
  const { digest } = task.teacher;
  if (teachers.recall(digest)) {
    return frames.withoutTeacher();
  }
  teachers.remember(digest, {});
  return frames.complete();
}

function answers(reply: ReplyTo<Task>, kind: Task['kind']): boolean {
  return (reply.kind === 'evaluate') === (kind === 'evaluate');
}
