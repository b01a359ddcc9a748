/** What became of a connection's last tasks: tells an answer that comes late from one that was never asked for. */

import type { IgnoredReason } from './answer-verdict.js';

export interface TaskHistory {
  note(id: number, end: 'answered' | 'given up'): void;
  /** What an answer to that task is, which nobody waits for. */
  verdictOn(id: number): IgnoredReason;
}

const TASKS_KEPT = 100;

export function taskHistory(): TaskHistory {
  const ends = new Map<number, 'answered' | 'given up'>(); // the oldest first
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
