/** What happens at the door of a study, as lines on the terminal. */

import { runEventText } from '@gaitway/node';
import type { CoordinatorEvent } from '../door/coordinator-event.js';
import { loggedEvent } from './logged-event.js';

/** As in the run's log, but for those who wait: they are told by name. */
export function eventText(event: CoordinatorEvent): string {
  return event.kind === 'waiting' ? waitingText(event) : runEventText({ ...loggedEvent(event) });
}

/** Names that are told before the rest is counted. */
const MOST_NAMES = 5;

function waitingText({ present, missing }: Extract<CoordinatorEvent, { readonly kind: 'waiting' }>): string {
  const more = present.length > MOST_NAMES ? [`${present.length - MOST_NAMES} more`] : [];
  const names = [...present.slice(0, MOST_NAMES), ...more].join(', ');
  const here = present.length === 0 ? 'nobody is here' : `${present.length} here (${names})`;
  return `… waiting for ${missing} more ${missing === 1 ? 'client' : 'clients'}: ${here}`;
}
