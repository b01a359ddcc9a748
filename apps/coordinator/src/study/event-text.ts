/** The events of the clients' connections, as lines on the terminal. */

import { runEventText } from '@gaitway/node';
import type { CoordinatorEvent } from '../connections/coordinator-event.js';
import { loggedEvent } from './logged-event.js';

/** The line is the same as in the run's log, except that waiting clients are listed by name. */
export function eventText(event: CoordinatorEvent): string {
  return event.kind === 'waiting' ? waitingText(event) : runEventText({ ...loggedEvent(event) });
}

/** How many names are listed before the rest is counted. */
const MOST_NAMES = 5;

function waitingText({ present, missing }: Extract<CoordinatorEvent, { readonly kind: 'waiting' }>): string {
  const more = present.length > MOST_NAMES ? [`${present.length - MOST_NAMES} more`] : [];
  const names = [...present.slice(0, MOST_NAMES), ...more].join(', ');
  const here = present.length === 0 ? 'nobody is here' : `${present.length} here (${names})`;
  return `… waiting for ${missing} more ${missing === 1 ? 'client' : 'clients'}: ${here}`;
}
