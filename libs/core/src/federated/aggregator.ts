/** How the updates of a round become one. */

import type { ClientUpdate } from './update.js';

/**
 * A record of functions over a state of its own. The result never depends on the order in which updates come. A state
 * that was handed to `accept` or `combine` belongs to the aggregator, which may build the next one in its memory.
 */
export interface Aggregator<State = unknown> {
  readonly name: string;
  /** A weighted sum of the updates: partial results combine, and it can run where no single update may be seen. */
  readonly linear: boolean;
  /** Fewer updates than these it makes nothing of; a round of a study needs at least as many (its quorum). */
  readonly leastUpdates: number;
  /** Before the first update. @param size - Number of parameters */
  init(size: number): State;
  /** Adds one admitted update, which it leaves as it is. */
  accept(state: State, update: ClientUpdate): State;
  /** What `accept` would have made of both states' updates; linear aggregators have it. */
  combine?(state: State, other: State): State;
  /** The change that the round makes to the global parameters, of at least `leastUpdates` updates. */
  finish(state: State): Float64Array;
}
