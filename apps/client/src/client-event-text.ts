/** The events of a client, as lines on the terminal. */

import type { ClientEvent } from './client-event.js';

/** Returns the line for an event; undefined for an event that is not worth one. */
export function clientEventText(event: ClientEvent): string | undefined {
  return 'stage' in event ? taskText(event) : connectionText(event);
}

type TaskEvent = Extract<ClientEvent, { readonly stage: string }>;

function connectionText(event: Exclude<ClientEvent, TaskEvent>): string {
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
      return event.unavailableReason === undefined
        ? 'Available for tasks.'
        : `Not available for tasks: ${event.unavailableReason}.`;
    case 'transfer':
      return `${event.direction === 'up' ? 'Sent' : 'Received'} ${megabytes(event.bytes)} of ${megabytes(event.total)} MB.`;
  }
}

function taskText(event: TaskEvent): string | undefined {
  const position = `${event.stage} round ${event.round}`;
  switch (event.kind) {
    case 'answered':
      return `${position}: ${answerText(event)}`;
    case 'memory-lost':
      return `${position}: ${lostTexts[event.lost]}; started over`;
    case 'failed':
      return `${position}: failed: ${event.reason}`;
    case 'cancelled':
      return `${position}: cancelled`;
    case 'task':
      return undefined;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
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
