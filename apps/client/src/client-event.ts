/** The events of a client in a study, for progress output and logs. */

import type { LostState, ReplyTo, Task } from '@gaitway/core';

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
  | { readonly kind: 'welcomed'; readonly study: string }
  | { readonly kind: 'joined' }
  /** `unavailableReason` says why the client takes no tasks for now; it is absent where it takes them again. */
  | { readonly kind: 'availability'; readonly unavailableReason?: string }
  /** As many bytes of a large message have arrived at its receiver. Reported with each quarter of the message. */
  | { readonly kind: 'transfer'; readonly direction: Direction; readonly bytes: number; readonly total: number }
  | ({ readonly kind: 'task'; readonly task: Task['kind'] } & OfTask)
  /** `again`: the answer was already computed, or being computed, when the task arrived. */
  | ({ readonly kind: 'answered'; readonly reply: ReplyTo<Task>['kind']; readonly again: boolean } & OfTask)
  /** The client's memory of earlier rounds was missing or damaged. It started over, and the coordinator knows. */
  | ({ readonly kind: 'memory-lost'; readonly lost: LostState } & OfTask)
  | ({ readonly kind: 'failed'; readonly reason: string } & OfTask)
  /** The coordinator no longer wanted the answer. */
  | ({ readonly kind: 'cancelled' } & OfTask);
