/** The clients a coordinator can reach: all that the engine knows of the world outside. */

import type { ReplyTo, Task } from '../../train/task.js';

/** A client's name, unique within a study and stable over reconnects; never `coordinator`. */
export type ClientId = string;

/** The clients of a study, whether they are reached over a network or live in this program. */
export interface Fleet {
  /**
   * How many clients a round asks at a time: the next is asked when the update of an earlier one has been added, so that no
   * more updates than this are in memory at once. Absent where a round asks everybody at once.
   */
  readonly concurrency?: number | undefined;
  /** The clients that can be asked now, sorted by name. */
  available(): readonly ClientId[];
  /** Calls `listener` whenever clients have come or gone. The returned function ends that. */
  onChange(listener: () => void): () => void;
  /** Resolves once `count` clients are available; rejects when `signal` aborts or when that can never happen. */
  waitForClients(count: number, signal: AbortSignal): Promise<void>;
  /**
   * Sends a client one task and resolves with its one reply. Rejects with ClientFailure when the client leaves or fails,
   * and promptly, with whatever error, when `signal` aborts. At most it waits for a client to come back: how long a
   * round waits for an answer is up to the engine.
   */
  ask<T extends Task>(client: ClientId, task: T, signal: AbortSignal): Promise<ReplyTo<T>>;
}
