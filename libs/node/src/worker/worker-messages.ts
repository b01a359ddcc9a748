/** The messages between a pool and its workers. Both run the same build, so nothing is checked. */

import type { LocalData, ReplyTo, StagePlan, Task } from '@gaitway/core';
import type { BackendName } from '../backend/backend-name.js';

/** What a worker is given when it starts. Recordings in shared memory are not copied. */
export interface WorkerSetup {
  readonly backend?: BackendName;
  /** The study's seed. */
  readonly seed: number;
  readonly stages: readonly StagePlan[];
  /** Windows, keyed by client. */
  readonly data: ReadonlyMap<string, LocalData>;
  /** Folder in which clients keep their state from round to round; if absent, they keep it in the worker's memory. */
  readonly memory?: string;
}

export type ToWorker =
  | { readonly kind: 'task'; readonly client: string; readonly task: Task }
  /** Cancels the current task. */
  | { readonly kind: 'cancel' };

export type FromWorker =
  | { readonly kind: 'ready'; readonly backend: BackendName }
  | { readonly kind: 'reply'; readonly reply: ReplyTo<Task> }
  | { readonly kind: 'failure'; readonly error: Error };
