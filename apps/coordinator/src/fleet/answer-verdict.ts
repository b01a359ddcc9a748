/**
 * What the coordinator makes of an answer from a client, given how the last tasks of its connection ended, which tells
 * a late answer from one that was never asked for.
 */

/** Why an answer changes nothing: the coordinator no longer waits for it, has it already, or never asked for it. */
export type IgnoredReason = 'late' | 'repeated' | 'unsolicited';

/** `mismatched`: the answer is for another kind of task, so the task has failed. */
export type AnswerVerdict = 'accepted' | 'failed' | 'mismatched' | IgnoredReason;

/** Whether the answer changes nothing. */
export function isIgnored(verdict: AnswerVerdict): verdict is IgnoredReason {
  return verdict === 'late' || verdict === 'repeated' || verdict === 'unsolicited';
}

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
        return 'unsolicited';
      }
      return end === 'answered' ? 'repeated' : 'late';
    },
  };
}
