/** The plain server step: along the aggregated change, with a constant learning rate. */

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
    step: (state, parameters, delta) => {
      const moved = new Float32Array(parameters.length);
      for (let index = 0; index < moved.length; index++) {
        moved[index] = parameters[index]! + learningRate * delta[index]!;
      }
      return { state, parameters: moved };
    },
  };
}
