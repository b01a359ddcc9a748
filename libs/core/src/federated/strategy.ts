/**
 * A strategy: how a round's updates become the next global parameters. It combines an aggregator and a server
 * optimizer.
 */

import type { Aggregator } from './aggregator.js';
import type { ServerOptimizer } from './server-optimizer.js';

/** The state that a stage carries from one round to the next. */
export interface ServerState<OptimizerState = unknown> {
  /** The global parameters. */
  readonly parameters: Float32Array;
  readonly optimizer: OptimizerState;
}

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
