/** What a pool and its workers say to each other. Both run the same build, so nothing is checked. */

import type { LocalData, ReplyTo, StagePlan, Task } from '@gaitway/core';
import type { BackendName } from '../backend/backend-name.js';

/** What a worker knows from its start. Recordings on shared memory are seen, not copied. */
export interface WorkerSetup {
  readonly backend?: BackendName;
  /** The study's seed. */
  readonly seed: number;
  readonly stages: readonly StagePlan[];
  /** Windows by client. */
  readonly data: ReadonlyMap<string, LocalData>;
  /** Folder in which clients keep what they need from round to round; in the worker, for as long as it lives, without. */
  readonly memory?: string;
}

export type ToWorker =
  | { readonly kind: 'task'; readonly client: string; readonly task: Task }
  /** Ends the task at hand. */
  | { readonly kind: 'cancel' };

export type FromWorker =
  | { readonly kind: 'ready'; readonly backend: BackendName }
  | { readonly kind: 'reply'; readonly reply: ReplyTo<Task> }
  | { readonly kind: 'failure'; readonly error: Error };
