/** What happens at the door of a study, as lines on the terminal. */

import type { CoordinatorEvent } from './coordinator-event.js';

export function eventText(event: CoordinatorEvent): string {
  switch (event.kind) {
    case 'joined':
      return `+ ${event.client} joined${event.windows === undefined ? '' : ` with ${event.windows} windows`}`;
    case 'left':
      return `- ${event.client} left: ${event.reason}`;
    case 'refused':
      return `! ${event.client} was refused: ${event.reason}`;
  }
}
