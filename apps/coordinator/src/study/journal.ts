/** Events at the door, on their way into the log of a run whose folder comes into being only after the door opens. */

import type { RunEvent } from '@gaitway/node';

export interface Journal {
  note(event: RunEvent): void;
  /** From now on `write` takes what was noted, one after the other. */
  open: (write: (event: RunEvent) => Promise<void>) => void;
}

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
        // A log that cannot be written must not end the study; its rounds cannot be kept then either, and say why.
        await write(event).catch(() => undefined);
        return write;
      });
    },
  };
}
