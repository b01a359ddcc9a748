/** Tasks on their way to one client, and back where nobody waits for them any more. */

import type { Task } from '@gaitway/core';
import { createParcel, encode, teacherMemory, type Outbox, type Parcel, type TeacherMemory } from '@gaitway/protocol';
import type { TaskFrames } from './task-frames.js';

export interface TaskSender {
  send(task: Task, frames: TaskFrames): Parcel;
  /** Nobody waits for the answer any more: the client hears nothing of the task, or that it can stop. */
  takeBack(id: number, parcel: Parcel): void;
}

export function taskSender(outbox: Outbox): TaskSender {
  let teachers = teacherMemory<object>();
  return {
    send: (task, frames) => {
      const parcel = parcelFor(task, frames, teachers);
      outbox.post(parcel);
      return parcel;
    },
    takeBack: (id, parcel) => {
      if (outbox.withdraw(parcel)) {
        teachers = teacherMemory(); // The client never hears of that task: which teachers it still has is not certain.
      } else {
        outbox.post(createParcel(encode({ kind: 'cancel', id })));
      }
    },
  };
}

/** The bytes for this client: with the teacher only if it cannot have it from an earlier task. */
function parcelFor(task: Task, frames: TaskFrames, teachers: TeacherMemory<object>): Parcel {
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
