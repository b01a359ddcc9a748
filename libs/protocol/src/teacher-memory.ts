/**
 * Which teachers a client still has. Both sides keep such a memory and tell it of the same tasks in the same order, so
 * the coordinator knows without asking when a teacher's parameters must travel again.
 */

import type { Digest } from '@gaitway/core';

/** Teachers that a client keeps. A study's stages rarely take turns with more. */
const TEACHERS_KEPT = 2;

export interface TeacherMemory<T extends object> {
  /** What is known of a teacher that a task names; it becomes the newest. */
  recall(digest: Digest): T | undefined;
  /** Notes a teacher that a task brings. The oldest is forgotten. */
  remember(digest: Digest, teacher: T): void;
}

export function teacherMemory<T extends object>(): TeacherMemory<T> {
  const teachers = new Map<Digest, T>(); // the oldest first
  const remember = (digest: Digest, teacher: T): void => {
    teachers.delete(digest);
    teachers.set(digest, teacher);
    for (const oldest of teachers.keys()) {
      if (teachers.size > TEACHERS_KEPT) {
        teachers.delete(oldest);
      }
    }
  };
  return {
    remember,
    recall: (digest) => {
      const teacher = teachers.get(digest);
      if (teacher) {
        remember(digest, teacher);
      }
      return teacher;
    },
  };
}
