/** What a client goes through, as lines on the terminal. */

import type { ClientEvent } from './client-event.js';

/** Undefined for what is not worth a line. */
export function clientEventText(event: ClientEvent): string | undefined {
  if ('round' in event) {
    return event.kind === 'task' ? undefined : `${event.stage} round ${event.round}: ${taskText(event)}`;
  }
  switch (event.kind) {
    case 'unreachable':
      return `No coordinator there (${event.reason}); trying again.`;
    case 'disconnected':
      return `Disconnected: ${event.reason}; trying again.`;
    case 'asked-to-return':
      return `Told to come back in ${event.afterSeconds} seconds: ${event.reason}.`;
    case 'welcomed':
      return `Welcomed to the study "${event.study}".`;
    case 'joined':
      return 'Joined. Waiting for tasks.';
    case 'availability':
      return event.hindrance === undefined ? 'Available for tasks.' : `Not available for tasks: ${event.hindrance}.`;
  }
}

type EventOfTask = Extract<ClientEvent, { readonly kind: 'answered' | 'memory-lost' | 'failed' | 'cancelled' }>;

function taskText(event: EventOfTask): string {
  switch (event.kind) {
    case 'answered':
      return answerText(event);
    case 'memory-lost':
      return `${lostTexts[event.lost]}; began afresh`;
    case 'failed':
      return `failed: ${event.reason}`;
    case 'cancelled':
      return 'cancelled';
  }
}

function answerText({ reply, again }: Extract<ClientEvent, { readonly kind: 'answered' }>): string {
  return again ? `${answerTexts[reply]} (asked again)` : answerTexts[reply];
}

const lostTexts = {
  missing: 'what it kept from earlier rounds is not there',
  damaged: 'what it kept from earlier rounds is damaged',
} as const;

const answerTexts = {
  train: 'trained, and sent weights',
  abstain: 'nothing to train on',
  evaluate: 'evaluated',
} as const;
