/** The plain server step: along the aggregated change, by a fixed rate. */

import type { ServerOptimizer } from './server-optimizer.js';

/**
 * parameters + learningRate · delta.
 *
 * @param learningRate - 1 replaces the global parameters by the clients' mean, as FedAvg does
 */
export function serverSgd(learningRate: number): ServerOptimizer<null> {
  return {
    name: 'sgd',
    init: () => null,
    step: (state, parameters, delta) => ({
      state,
      parameters: parameters.map((value, index) => value + learningRate * delta[index]!),
    }),
  };
}
