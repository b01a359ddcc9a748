/** How far something has come, for those who must not be ahead of it. */

export interface Schedule {
  /** Says what share is done by now, from 0 to 1. */
  reach(share: number): void;
  /** Resolves once that share is done. */
  until(share: number): Promise<void>;
}

export function createSchedule(): Schedule {
  const waiting = new Set<{ readonly share: number; readonly resolve: () => void }>();
  let done = 0;
  return {
    reach: (share) => {
      done = share;
      for (const entry of waiting) {
        if (entry.share <= done) {
          waiting.delete(entry);
          entry.resolve();
        }
      }
    },
    until: (share) =>
      new Promise((resolve) => {
        if (share <= done) {
          resolve();
        } else {
          waiting.add({ share, resolve });
        }
      }),
  };
}
