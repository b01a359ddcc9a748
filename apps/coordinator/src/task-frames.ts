/** Tasks as bytes, packed once for everybody who gets the same one: a cohort of a thousand shares one copy. */

import type { Task } from '@gaitway/core';
import { createParcel, encode, type Parcel } from '@gaitway/protocol';

export interface TaskFrames {
  /** Identifies the task on every connection. */
  readonly id: number;
  /** The task with all that belongs to it. */
  complete(): Parcel;
  /** The task without its teacher's parameters. */
  withoutTeacher(): Parcel;
}

/** Packs tasks, each when it is first needed. A task must not change after that. */
export function taskPacker(): (task: Task) => TaskFrames {
  const known = new WeakMap<Task, TaskFrames>();
  let count = 0;
  return (task) => {
    const frames = known.get(task) ?? framesOf(task, ++count);
    known.set(task, frames);
    return frames;
  };
}

function framesOf(task: Task, id: number): TaskFrames {
  return {
    id,
    complete: once(() => createParcel(encode({ kind: 'task', id, task }))),
    withoutTeacher: once(() => {
      const sent = task.kind === 'train' && task.teacher ? { ...task, teacher: { digest: task.teacher.digest } } : task;
      return createParcel(encode({ kind: 'task', id, task: sent }));
    }),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
