/** The lines of a run's log that a soak with clients that come and go accounts for, and those that it does not. */

import type { RunEvent } from '@gaitway/node';
import { OWN_FAILURE } from './member.js';

/** What the coordinator says of a connection that was cut: which of them depends on what was on its way. */
export const connectionsCut = ['its connection was closed', 'its connection broke (transport error)'] as const;

/** The reasons that explain an event; `any` where it needs none. */
const explained: Readonly<Partial<Record<RunEvent['event'], 'any' | readonly string[]>>> = {
  'run-started': 'any',
  'run-stopped': ['interrupted'],
  'round-completed': 'any',
  'stage-finished': 'any',
  'clients-missing': 'any',
  'client-joined': 'any',
  'client-asked-again': 'any',
  'client-left': ['it left', ...connectionsCut, 'it came back on a new connection'],
  'client-failed': ['it left', ...connectionsCut, 'it is not connected', OWN_FAILURE],
  'answer-ignored': ['late'],
};

/** Whether something that the soak did on purpose accounts for the event. */
export function isExplained(event: RunEvent): boolean {
  const reasons = explained[event.event];
  return reasons === 'any' || ('reason' in event && (reasons?.includes(event.reason ?? '') ?? false));
}

/** An event's kind and reason: what lines are counted by. */
export function kindOf(event: RunEvent): string {
  return 'reason' in event ? `${event.event}: ${event.reason ?? ''}` : event.event;
}
