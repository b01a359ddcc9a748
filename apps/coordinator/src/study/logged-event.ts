/** The events of the clients' connections, as events of the run's log. */

import { taskId, type RunEvent } from '@gaitway/node';
import type { CoordinatorEvent } from '../connections/coordinator-event.js';

/** Returns the log's event for an event of a connection. */
export function loggedEvent(event: CoordinatorEvent): RunEvent {
  if (event.kind === 'waiting') {
    return { event: 'clients-missing', present: event.present.length, missing: event.missing };
  }
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
    case 'refused':
      return { event: `client-${event.kind}`, client, reason: event.reason };
  }
}
