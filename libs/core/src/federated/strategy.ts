/**
 * A strategy: how a round's updates become the next global parameters. It combines an aggregator, which makes one
 * change of the updates, and a server optimizer, which applies that change; it may do so for a part of the parameters
 * only.
 */

import { putRanges, takeRanges, totalSize, type Range } from '../math/ranges.js';
import type { ClientUpdate } from './update.js';

/**
 * An aggregator combines the updates of a round into one change. It is a record of functions over a state of its own.
 * The result never depends on the order in which updates come. A state
 * that was passed to `accept` belongs to the aggregator, which may reuse its memory for the next one.
 */
export interface Aggregator<State = unknown> {
  readonly name: string;
  /**
   * Whether it is a weighted sum of the updates: then no single update need be visible, as under secure aggregation.
   */
  readonly linear: boolean;
  /** Minimum number of updates; a round of a study needs at least as many (its quorum). */
  readonly minUpdates: number;
  /**
   * The state before the first update.
   *
   * @param size - Number of parameters
   */
  init(size: number): State;
  /** Adds one admitted update, which is not modified. */
  accept(state: State, update: ClientUpdate): State;
  /**
   * Adds the sum of updates that nobody has seen one by one, in the form of the stage's `maskedVectors`; absent where
   * single updates are needed.
   */
  addSum?(state: State, sum: Float64Array): State;
  /** The change that the round makes to the global parameters; needs at least `minUpdates` updates. */
  finish(state: State): Float64Array;
}

/**
 * A server optimizer applies the aggregated change of a round to the global parameters. It is a record of functions
 * over a state of its own, such as a momentum; the state is plain data.
 */
export interface ServerOptimizer<State = unknown> {
  readonly name: string;
  /**
   * The state before the first round.
   *
   * @param size - Number of parameters
   */
  init(size: number): State;
  /** The next global parameters, computed in Float64 and rounded to Float32 once. The arguments are not modified. */
  step(state: State, parameters: Float32Array, delta: Float64Array): ServerStep<State>;
}

export interface ServerStep<State> {
  readonly state: State;
  readonly parameters: Float32Array;
}

/** The state that a stage carries from one round to the next. */
export interface ServerState<OptimizerState = unknown> {
  /** The global parameters. */
  readonly parameters: Float32Array;
  readonly optimizer: OptimizerState;
}

/** A strategy of federated learning: it aggregates the updates of a round, then makes the next model of the result. */
export interface Strategy<AggregatorState = unknown, OptimizerState = unknown> {
  readonly name: string;
  readonly aggregator: Aggregator<AggregatorState>;
  /** The state before the first round. */
  init(parameters: Float32Array): ServerState<OptimizerState>;
  /**
   * The state after a round.
   *
   * @param delta - The aggregated change of the round's updates
   */
  next(state: ServerState<OptimizerState>, delta: Float64Array): ServerState<OptimizerState>;
  /** Absent where clients and coordinator exchange nothing but parameters. */
  readonly control?: ControlVariate<AggregatorState, OptimizerState>;
}

/**
 * Numbers that are sent to clients beside the parameters, and come back changed, so that their steps can be corrected.
 */
export interface ControlVariate<AggregatorState, OptimizerState> {
  /**
   * c as sent with the tasks of a round, shape [parameter].
   *
   * @param clients - N: number of clients whose answers have counted
   */
  sent(state: ServerState<OptimizerState>, clients: number): Float32Array;
  /** The state updated with the changes of c that the round's updates report. */
  learn(state: ServerState<OptimizerState>, aggregate: AggregatorState): ServerState<OptimizerState>;
}

/**
 * Combines an aggregator and a server optimizer under one name.
 *
 * @example
 * const halfSteps = composeStrategy('half-steps', weightedMean(), serverSgd(0.5));
 */
export function composeStrategy<A, O>(
  name: string,
  aggregator: Aggregator<A>,
  optimizer: ServerOptimizer<O>,
): Strategy<A, O> {
  return {
    name,
    aggregator,
    init: (parameters) => ({ parameters, optimizer: optimizer.init(parameters.length) }),
    next: ({ parameters, optimizer: before }, delta) => {
      const { state, parameters: after } = optimizer.step(before, parameters, delta);
      return { parameters: after, optimizer: state };
    },
  };
}

/**
 * A strategy for a part of the parameters: the others are never exchanged and do not change. It applies the strategy to
 * the concatenated numbers in `ranges`, which is what updates contain. The state holds all parameters.
 *
 * @param strategy - Without control variates, which cover all parameters
 */
export function onRanges<A, O>(strategy: Strategy<A, O>, ranges: readonly Range[]): Strategy<A, O> {
  const size = totalSize(ranges);
  return {
    name: strategy.name,
    aggregator: { ...strategy.aggregator, init: () => strategy.aggregator.init(size) },
    init: (parameters) => ({ ...strategy.init(takeRanges(parameters, ranges)), parameters }),
    next: ({ parameters, optimizer }, delta) => {
      const moved = strategy.next({ parameters: takeRanges(parameters, ranges), optimizer }, delta);
      return { ...moved, parameters: putRanges(parameters, ranges, moved.parameters) };
    },
  };
}

/**
 * The number of a client's local steps in a round, a positive integer, from the number of its windows (`examples`): for
 * strategies that correct for differences in it.
 */
export type LocalSteps = (examples: number) => number;
