/** What happens at the door of a study, as lines on the terminal. */

import type { CoordinatorEvent } from './coordinator-event.js';

export function eventText(event: CoordinatorEvent): string {
  switch (event.kind) {
    case 'joined':
      return `+ ${event.client} joined${event.windows === undefined ? '' : ` with ${event.windows} windows`}`;
    case 'available':
      return `+ ${event.client} is available`;
    case 'unavailable':
      return `- ${event.client} is not available: ${event.reason}`;
    case 'asked-again':
      return `+ ${event.client} is asked again: ${event.stage} round ${event.round}`;
    case 'ignored':
      return `! ${event.client} sent an answer that changes nothing: it is ${event.reason}`;
    case 'waiting':
      return waitingText(event);
    case 'left':
      return `- ${event.client} left: ${event.reason}`;
    case 'refused':
      return `! ${event.client} was refused: ${event.reason}`;
  }
}

/** Names that are told before the rest is counted. */
const MOST_NAMES = 5;

function waitingText({ present, missing }: Extract<CoordinatorEvent, { readonly kind: 'waiting' }>): string {
  const more = present.length > MOST_NAMES ? [`${present.length - MOST_NAMES} more`] : [];
  const names = [...present.slice(0, MOST_NAMES), ...more].join(', ');
  const here = present.length === 0 ? 'nobody is here' : `${present.length} here (${names})`;
  return `… waiting for ${missing} more ${missing === 1 ? 'client' : 'clients'}: ${here}`;
}
