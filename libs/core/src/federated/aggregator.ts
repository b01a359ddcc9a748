/** The type of an aggregator, which combines the updates of a round into one change. */

import type { ClientUpdate } from './update.js';

/**
 * A record of functions over a state of its own. The result never depends on the order in which updates come. A state
 * that was passed to `accept` or `combine` belongs to the aggregator, which may reuse its memory for the next one.
 */
export interface Aggregator<State = unknown> {
  readonly name: string;
  /**
   * Whether it is a weighted sum of the updates: then partial results combine, and no single update need be visible.
   */
  readonly linear: boolean;
  /** Minimum number of updates; a round of a study needs at least as many (its quorum). */
  readonly leastUpdates: number;
  /**
   * The state before the first update.
   *
   * @param size - Number of parameters
   */
  init(size: number): State;
  /** Adds one admitted update, which is not modified. */
  accept(state: State, update: ClientUpdate): State;
  /** The state that `accept` would have made of both states' updates; only linear aggregators have it. */
  combine?(state: State, other: State): State;
  /** The change that the round makes to the global parameters; needs at least `leastUpdates` updates. */
  finish(state: State): Float64Array;
}
