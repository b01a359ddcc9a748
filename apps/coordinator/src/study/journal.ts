/** Holds back events until the log of the run can be written: its folder is created only after clients can connect. */

import type { RunEvent } from '@gaitway/node';

export interface Journal {
  /** Writes an event to the log, or holds it back. */
  note(event: RunEvent): void;
  /** Passes `write` all events so far and from now on, one after the other. */
  open: (write: (event: RunEvent) => Promise<void>) => void;
}

/** Makes a journal that holds all events back. */
export function createJournal(): Journal {
  let open: (write: (event: RunEvent) => Promise<void>) => void = () => undefined;
  let writer = new Promise<(event: RunEvent) => Promise<void>>((resolve) => {
    open = resolve;
  });
  return {
    open: (write) => {
      open(write);
    },
    note: (event) => {
      writer = writer.then(async (write) => {
        // A log that cannot be written must not end the study. Its rounds cannot be stored then either, which reports why.
        await write(event).catch(() => undefined);
        return write;
      });
    },
  };
}
