/** Prints the events of a client. */

import type { Reporter } from '@gaitway/node';
import { type ClientEvent, clientEventText } from './client-event.js';

/** Shown even with `--quiet`: otherwise a client that waits for a coordinator would look like one at work. */
const warnings: ReadonlySet<ClientEvent['kind']> = new Set([
  'unreachable',
  'disconnected',
  'asked-to-return',
  'unproven',
  'memory-lost',
  'failed',
]);

export function reportEvent(event: ClientEvent, reporter: Reporter): void {
  const text = clientEventText(event);
  if (text === undefined) {
    return;
  }
  if (event.kind === 'transfer') {
    reporter.status(text);
  } else if (warnings.has(event.kind)) {
    reporter.warn(text);
  } else {
    reporter.line(text);
  }
}
