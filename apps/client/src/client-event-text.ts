/** What a client goes through, as lines on the terminal. */

import type { ClientEvent } from './client-event.js';

/** Undefined for what is not worth a line. */
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
    case 'transfer':
      return `${event.direction === 'up' ? 'Sent' : 'Received'} ${megabytes(event.bytes)} of ${megabytes(event.total)} MB.`;
  }
}

function taskText(event: TaskEvent): string | undefined {
  switch (event.kind) {
    case 'answered':
      return `${event.stage} round ${event.round}: ${answerText(event)}`;
    case 'failed':
      return `${event.stage} round ${event.round}: failed: ${event.reason}`;
    case 'cancelled':
      return `${event.stage} round ${event.round}: cancelled`;
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

const answerTexts = {
  train: 'trained, and sent weights',
  abstain: 'nothing to train on',
  evaluate: 'evaluated',
} as const;
