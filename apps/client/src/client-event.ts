/** The events of a client in a study, for progress output and logs, and their text. */

import type { ReplyTo, Task } from '@gaitway/core';
import type { LostState } from '@gaitway/core/train';
import { printable } from '@gaitway/protocol';
import type { FromMember } from '@gaitway/secure-aggregation';

/** The direction of a large message, as the client sees it. */
export type Direction = 'down' | 'up';

interface OfTask {
  readonly stage: string;
  readonly round: number;
}

export type ClientEvent =
  /** A connection attempt failed. The next one follows after a pause, each longer than the last. */
  | { readonly kind: 'unreachable'; readonly attempt: number; readonly reason: string }
  | { readonly kind: 'disconnected'; readonly reason: string }
  /** The coordinator stops for a while, or wants this client to come back later. */
  | { readonly kind: 'asked-to-return'; readonly reason: string; readonly afterSeconds: number }
  /** Whoever answered did not prove to be the coordinator of this client, which was told nothing. */
  | { readonly kind: 'unproven'; readonly reason: string; readonly afterSeconds: number }
  | { readonly kind: 'welcomed'; readonly study: string }
  | { readonly kind: 'joined' }
  /** `unavailableReason` says why the client takes no tasks for now; it is absent where it takes them again. */
  | { readonly kind: 'availability'; readonly unavailableReason?: string }
  /** As many bytes of a large message have arrived at its receiver. Reported with each quarter of the message. */
  | { readonly kind: 'transfer'; readonly direction: Direction; readonly bytes: number; readonly total: number }
  | ({ readonly kind: 'task'; readonly task: Task['kind'] } & OfTask)
  /** `again`: the answer was already computed, or being computed, when the task arrived. */
  | ({ readonly kind: 'answered'; readonly reply: AnswerKind; readonly again: boolean } & OfTask)
  /** The client's memory of earlier rounds was missing or damaged. It started over, and the coordinator knows. */
  | ({ readonly kind: 'memory-lost'; readonly lost: LostState } & OfTask)
  | ({ readonly kind: 'failed'; readonly reason: string } & OfTask)
  /** The coordinator no longer wanted the answer. */
  | ({ readonly kind: 'cancelled' } & OfTask);

/** What kind of answer it was; in secure aggregation, which message of it. */
export type AnswerKind = Exclude<ReplyTo<Task>['kind'], 'aggregation'> | FromMember['kind'];

/**
 * Returns the line for an event; undefined for an event that is not worth one. It is one line whatever the reason in it:
 * that of a connection that was refused is the other side's text, before it has proved anything.
 */
export function clientEventText(event: ClientEvent): string | undefined {
  const text = 'stage' in event ? taskText(event) : connectionText(event);
  return text === undefined ? undefined : printable(text);
}

function availabilityText({ unavailableReason }: Extract<ClientEvent, { readonly kind: 'availability' }>): string {
  return unavailableReason === undefined ? 'Available for tasks.' : `Not available for tasks: ${unavailableReason}.`;
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
    case 'unproven':
      return `This client's coordinator did not answer, but somebody else: ${event.reason}; trying again.`;
    case 'welcomed':
      return `Welcomed to the study "${event.study}".`;
    case 'joined':
      return 'Joined. Waiting for tasks.';
    case 'availability':
      return availabilityText(event);
    case 'transfer':
      return `${event.direction === 'up' ? 'Sent' : 'Received'} ${megabytes(event.bytes)} of ${megabytes(event.total)} MB.`;
  }
}

function taskText(event: TaskEvent): string | undefined {
  const position = `${event.stage} round ${event.round}`;
  switch (event.kind) {
    case 'answered': {
      const text = answerText(event);
      return text === undefined ? undefined : `${position}: ${text}`;
    }
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

function answerText({ reply, again }: Extract<ClientEvent, { readonly kind: 'answered' }>): string | undefined {
  const text = answerTexts[reply];
  return text !== undefined && again ? `${text} (asked again)` : text;
}

const lostTexts = {
  missing: 'what it kept from earlier rounds is not there',
  damaged: 'what it kept from earlier rounds is damaged',
} as const;

/** Of secure aggregation, a client's owner is told that it has trained, and that what was learned has left under a mask. */
const answerTexts: Readonly<Partial<Record<AnswerKind, string>>> = {
  train: 'trained, and sent weights',
  abstain: 'nothing to train on',
  evaluate: 'evaluated',
  noisy: 'trained, and sent weights with noise',
  'key-offer': 'trained',
  'masked-input': 'sent masked weights',
};
