/**
 * The events of the clients' connections, as lines on the terminal and as events of the run's log, which are held back
 * until it can be written.
 */

import { type RunEvent, runEventText, taskId } from '@gaitway/node';
import type { CoordinatorEvent } from '../connections/coordinator-event.js';

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

/** Returns the log's event for an event of a connection. */
export function loggedEvent(event: CoordinatorEvent): RunEvent {
  if (event.kind === 'waiting') {
    return { event: 'clients-missing', present: event.present.length, missing: event.missing };
  }
  return 'by' in event ? { event: event.kind, by: event.by } : clientEvent(event);
}

/** The events that are about one client. */
function clientEvent(event: Extract<CoordinatorEvent, { readonly client: string }>): RunEvent {
  const { client } = event;
  switch (event.kind) {
    case 'joined':
      return { event: 'client-joined', client, ...(event.windows !== undefined && { windows: event.windows }) };
    case 'available':
      return { event: 'client-available', client };
    case 'asked-again': {
      const { stage, round } = event;
      return { event: 'client-asked-again', task: taskId(stage, round, client), stage, round, client };
    }
    case 'ignored':
      return { event: 'answer-ignored', client, reason: event.reason };
    case 'unavailable':
    case 'left':
    case 'declined':
    case 'refused':
      return { event: `client-${event.kind}`, client, reason: event.reason };
  }
}

/** The line is the same as in the run's log, except that waiting clients are listed by name. */
export function eventText(event: CoordinatorEvent): string {
  return event.kind === 'waiting' ? waitingText(event) : runEventText({ ...loggedEvent(event) });
}

/** How many names are listed before the rest is counted. */
const MAX_NAMES = 5;

function waitingText({ present, missing }: Extract<CoordinatorEvent, { readonly kind: 'waiting' }>): string {
  const more = present.length > MAX_NAMES ? [`${present.length - MAX_NAMES} more`] : [];
  const names = [...present.slice(0, MAX_NAMES), ...more].join(', ');
  const here = present.length === 0 ? 'nobody is here' : `${present.length} here (${names})`;
  return `… waiting for ${missing} more ${missing === 1 ? 'client' : 'clients'}: ${here}`;
}
