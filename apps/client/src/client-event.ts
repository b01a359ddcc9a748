/** What a client goes through in a study: for progress output and logs. */

import type { ReplyTo, Task } from '@gaitway/core';

interface OfTask {
  readonly stage: string;
  readonly round: number;
}

export type ClientEvent =
  /** There was no connection; it is tried again after a pause, each longer than the last. */
  | { readonly kind: 'unreachable'; readonly attempt: number; readonly reason: string }
  | { readonly kind: 'disconnected'; readonly reason: string }
  | { readonly kind: 'welcomed'; readonly study: string }
  | { readonly kind: 'joined' }
  | ({ readonly kind: 'task'; readonly task: Task['kind'] } & OfTask)
  | ({ readonly kind: 'answered'; readonly reply: ReplyTo<Task>['kind'] } & OfTask)
  | ({ readonly kind: 'failed'; readonly reason: string } & OfTask)
  /** The coordinator did not want the answer any more, or the connection broke. */
  | ({ readonly kind: 'cancelled' } & OfTask);
