/** What a client goes through in a study: for progress output and logs. */

import type { LostState, ReplyTo, Task } from '@gaitway/core';
import type { Direction } from './line.js';

interface OfTask {
  readonly stage: string;
  readonly round: number;
}

export type ClientEvent =
  /** There was no connection; it is tried again after a pause, each longer than the last. */
  | { readonly kind: 'unreachable'; readonly attempt: number; readonly reason: string }
  | { readonly kind: 'disconnected'; readonly reason: string }
  /** The coordinator stops for a while, or wants this client to come later. */
  | { readonly kind: 'asked-to-return'; readonly reason: string; readonly afterSeconds: number }
  | { readonly kind: 'welcomed'; readonly study: string }
  | { readonly kind: 'joined' }
  /** `hindrance`: why it takes no tasks for now; absent where it takes them again. */
  | { readonly kind: 'availability'; readonly hindrance?: string }
  /** So many bytes of a large message are there where it goes: told with each quarter of it. */
  | { readonly kind: 'transfer'; readonly direction: Direction; readonly bytes: number; readonly total: number }
  | ({ readonly kind: 'task'; readonly task: Task['kind'] } & OfTask)
  /** `again`: with the answer that it had given, or begun, before. */
  | ({ readonly kind: 'answered'; readonly reply: ReplyTo<Task>['kind']; readonly again: boolean } & OfTask)
  /** What it should have gone on from was not there, or not whole: it began afresh, and the coordinator knows. */
  | ({ readonly kind: 'memory-lost'; readonly lost: LostState } & OfTask)
  | ({ readonly kind: 'failed'; readonly reason: string } & OfTask)
  /** The coordinator did not want the answer any more. */
  | ({ readonly kind: 'cancelled' } & OfTask);
