/** The type of a server optimizer, which applies the aggregated change of a round to the global parameters. */

/** A record of functions over a state of its own, such as a momentum; the state is plain data. */
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
