/** A strategy: how a round's updates become the next global parameters. An aggregator, then a server optimizer. */

import type { Aggregator } from './aggregator.js';
import type { ServerOptimizer } from './server-optimizer.js';

/** What a stage carries from one round to the next. */
export interface ServerState<OptimizerState = unknown> {
  /** The global parameters. */
  readonly parameters: Float32Array;
  readonly optimizer: OptimizerState;
}

export interface Strategy<AggregatorState = unknown, OptimizerState = unknown> {
  readonly name: string;
  readonly aggregator: Aggregator<AggregatorState>;
  /** Before the first round. */
  init(parameters: Float32Array): ServerState<OptimizerState>;
  /** After a round. @param delta - What the aggregator made of its updates */
  next(state: ServerState<OptimizerState>, delta: Float64Array): ServerState<OptimizerState>;
  /** Absent where the parameters are all that clients and coordinator tell each other. */
  readonly control?: ControlVariate<AggregatorState, OptimizerState>;
}

/** What goes out to clients beside the parameters, and comes back changed, so that their steps can be corrected. */
export interface ControlVariate<AggregatorState, OptimizerState> {
  /** c of a round's tasks, [parameter]. @param clients - N: how many there are whose answers have counted */
  sent(state: ServerState<OptimizerState>, clients: number): Float32Array;
  /** The state with what the round's updates say of c. */
  learn(state: ServerState<OptimizerState>, aggregate: AggregatorState): ServerState<OptimizerState>;
}

/**
 * An aggregator and a server optimizer under one name.
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
