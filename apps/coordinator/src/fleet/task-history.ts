/** How the last tasks of a connection ended, which tells a late answer from one that was never asked for. */

import type { IgnoredReason } from './answer-verdict.js';

export interface TaskHistory {
  /** Notes how a task ended. */
  note(id: number, end: 'answered' | 'withdrawn'): void;
  /** What to make of an answer to that task when nobody waits for one. */
  verdictOn(id: number): IgnoredReason;
}

const TASKS_KEPT = 100;

/** Keeps the ends of the last hundred tasks. */
export function taskHistory(): TaskHistory {
  const ends = new Map<number, 'answered' | 'withdrawn'>(); // the oldest first
  return {
    note: (id, end) => {
      ends.delete(id);
      ends.set(id, end);
      for (const oldest of ends.keys()) {
        if (ends.size > TASKS_KEPT) {
          ends.delete(oldest);
        }
      }
    },
    verdictOn: (id) => {
      const end = ends.get(id);
      if (end === undefined) {
        return 'uninvited';
      }
      return end === 'answered' ? 'repeated' : 'late';
    },
  };
}
