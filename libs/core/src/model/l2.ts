/** Weight decay on the convolution kernels: l2 · Σ k², gradient 2 · l2 · k. */

import type { ParameterLayout } from './layout.js';

/**
 * Adds the gradient of the penalty to the kernels that learn, and returns the penalty of all convolution kernels
 * (frozen ones are part of the loss that is reported).
 */
export function addL2(
  layout: ParameterLayout,
  l2: number,
  state: {
    readonly parameters: Float32Array;
    readonly gradient: Float32Array;
    readonly trainable: ReadonlySet<string>;
  },
): number {
  const { parameters, gradient, trainable } = state;
  let squares = 0;
  for (const { name, part, offset, size } of layout.slots) {
    if (/^conv\d+\/kernel$/.test(name)) {
      const learns = trainable.has(part);
      for (let index = offset; index < offset + size; index++) {
        const value = parameters[index]!;
        squares += value * value;
        if (learns) {
          gradient[index]! += 2 * l2 * value;
        }
      }
    }
  }
  return l2 * squares;
}
