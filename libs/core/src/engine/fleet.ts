/** All that the engine knows of the world: the clients it can reach. */

import type { ReplyTo, Task } from '../train/task.js';

/** A client's name, unique within a study and stable over reconnects; never `coordinator`. */
export type ClientId = string;

/** The clients a coordinator can reach, however they are reached. */
export interface Fleet {
  /** Clients that can be asked now, sorted by name. */
  available(): readonly ClientId[];
  /** Calls `listener` after clients came or went, until the result is called. */
  onChange(listener: () => void): () => void;
  /** Resolves once `count` clients are available; rejects when `signal` aborts or that can never happen. */
  gather(count: number, signal: AbortSignal): Promise<void>;
  /**
   * One task, one reply. Rejects with ClientFailure when the client leaves or fails, and promptly, with whatever error,
   * when `signal` aborts. Waits for a client that comes back at most; how long a round waits is the engine's to decide.
   */
  ask<T extends Task>(client: ClientId, task: T, signal: AbortSignal): Promise<ReplyTo<T>>;
}
